package hakube.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A pack as it comes: its bytes are counted, and how many objects it announces is looked at before anybody makes room for them. */
final class PackInput extends MeteredInput {

    /** {@code PACK}, version, number of objects. */
    private static final int HEAD = 12;

    private final ByteBuffer head = ByteBuffer.allocate(HEAD);

    PackInput(InputStream in, Meter meter) {
        super(in, meter::packed);
    }

    @Override
    void seen(byte[] bytes, int offset, int count) throws IOException {
        if (head.hasRemaining()) {
            head.put(bytes, offset, Math.min(count, head.remaining()));
            if (!head.hasRemaining()) {
                long objects = Integer.toUnsignedLong(head.getInt(HEAD - Integer.BYTES));
                if (objects > Meter.MOST_OBJECTS) {
                    throw new LimitExceeded(
                            "it announces " + objects + " objects, at most " + Meter.MOST_OBJECTS + " are taken",
                            false);
                }
            }
        }
    }

    /** The head must be seen. */
    @Override
    public long skip(long wanted) throws IOException {
        byte[] skipped = new byte[(int) Math.min(wanted, 8192)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }
}
