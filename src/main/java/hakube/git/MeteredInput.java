package hakube.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Says how much was read of it. */
class MeteredInput extends FilterInputStream {

    /** Is told after each read, and ends it by a failure. */
    @FunctionalInterface
    interface Counter {
        void count(long bytes) throws IOException;
    }

    private final Counter counter;

    MeteredInput(InputStream in, Counter counter) {
        super(in);
        this.counter = counter;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count > 0) {
            seen(bytes, offset, count);
            counter.count(count);
        }
        return count;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        counter.count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** What came, before it is counted. */
    void seen(byte[] bytes, int offset, int count) throws IOException {}
}
