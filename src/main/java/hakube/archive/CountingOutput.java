package hakube.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Knows how much went through. */
final class CountingOutput extends FilterOutputStream {

    private long count;

    CountingOutput(OutputStream target) {
        super(target);
    }

    /** In octets. */
    long count() {
        return count;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        count += length;
    }

    @Override
    public void write(int octet) throws IOException {
        out.write(octet);
        count++;
    }
}
