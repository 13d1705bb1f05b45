package hakube.archive;

import java.io.IOException;
import java.io.OutputStream;

/** Encrypts with {@link SecretStream}, chunk by chunk; {@link #close} writes the last one and closes what is behind it. */
final class SecretOutput extends OutputStream {

    /** Of the content of every chunk but the last, in octets. */
    static final int CHUNK = 1024 * 1024;

    private final OutputStream target;
    private final SecretStream stream;
    private final byte[] chunk = new byte[SecretStream.PREFIX + CHUNK + SecretStream.SUM];
    private int length;

    SecretOutput(OutputStream target, SecretStream stream) {
        this.target = target;
        this.stream = stream;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    /** A full chunk waits for what comes next: the last one has to say that it is. */
    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int at = from;
        while (at < from + count) {
            if (length == CHUNK) {
                writeChunk(SecretStream.MESSAGE);
            }
            int part = Math.min(from + count - at, CHUNK - length);
            System.arraycopy(bytes, at, chunk, SecretStream.PREFIX + length, part);
            length += part;
            at += part;
        }
    }

    private void writeChunk(byte tag) throws IOException {
        stream.push(chunk, length, tag);
        // The octet that is stored of the prefix stands right before the content, so that one write does.
        chunk[SecretStream.PREFIX - 1] = chunk[0];
        target.write(chunk, SecretStream.PREFIX - 1, length + SecretStream.OVERHEAD);
        length = 0;
    }

    @Override
    public void close() throws IOException {
        writeChunk(SecretStream.FINAL);
        target.close();
    }
}
