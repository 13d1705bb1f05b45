package hakube.archive;

import java.io.IOException;
import java.io.InputStream;

/** A stream that gets its octets piece by piece. */
abstract class PieceInput extends InputStream {

    private byte[] piece = new byte[0];
    private int at;
    private int end;

    /** Brings more by {@link #give}, or nothing for now. @return false at the end, each time that it is asked */
    abstract boolean advance() throws IOException;

    /** What comes next: the octets from one place to before another, which stay as they are until more is asked for. */
    final void give(byte[] octets, int from, int to) {
        piece = octets;
        at = from;
        end = to;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] target, int from, int length) throws IOException {
        while (at == end) {
            if (!advance()) {
                return -1;
            }
        }
        int part = Math.min(length, end - at);
        System.arraycopy(piece, at, target, from, part);
        at += part;
        return part;
    }
}
