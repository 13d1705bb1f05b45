package hakube.supervisor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Copies what goes out, up to a limit. */
final class Tee extends OutputStream {

    private final OutputStream out;
    private final int most;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private boolean isClosed;

    /** @param most octets */
    Tee(OutputStream out, int most) {
        this.out = out;
        this.most = most;
    }

    /** Whether the copy has all that went out. */
    boolean isWhole() {
        return isClosed && copy.size() <= most;
    }

    byte[] copy() {
        return copy.toByteArray();
    }

    @Override
    public void write(int octet) throws IOException {
        out.write(octet);
        if (copy.size() <= most) {
            copy.write(octet);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        if (copy.size() <= most) {
            copy.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
        isClosed = true;
    }
}
