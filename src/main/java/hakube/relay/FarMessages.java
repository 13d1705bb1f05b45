package hakube.relay;

import java.io.IOException;

/** Passes the far side's messages on, frame by frame as they come; a message keeps the turn until its end. */
final class FarMessages {

    private final Side far;
    private final FrameWriter client;
    private final Buffers buffers;

    FarMessages(Side far, FrameWriter client, Buffers buffers) {
        this.far = far;
        this.client = client;
        this.buffers = buffers;
    }

    /** Until one side ends it. */
    void pass() throws IOException {
        FrameReader reader = far.reader();
        byte[] small = new byte[Buffers.SMALL];
        try {
            while (true) {
                reader.next();
                if (reader.opcode() >= FrameWriter.CLOSE) {
                    far.control();
                } else {
                    data(reader, small);
                }
            }
        } finally {
            client.end();
        }
    }

    private void data(FrameReader reader, byte[] small) throws IOException {
        if (!client.hasTurn()) {
            client.begin();
        }
        if (reader.left() <= Buffers.SMALL - Frames.HEAD) {
            frame(reader, small);
        } else {
            byte[] large = buffers.take();
            try {
                frame(reader, large);
            } finally {
                buffers.giveBack(large);
            }
        }
        if (reader.isFinal()) {
            client.end();
        }
    }

    /** A small one in one piece with its head, a large one as it comes. */
    private void frame(FrameReader reader, byte[] buffer) throws IOException {
        long total = reader.left();
        int room = buffer.length - Frames.HEAD;
        int count = 0;
        while (reader.left() > 0 && (count == 0 || total <= room)) {
            count += reader.read(buffer, Frames.HEAD + count, room - count);
        }
        client.frame(reader.first(), buffer, count, total);
        for (int more = reader.read(buffer, 0, buffer.length);
                more >= 0;
                more = reader.read(buffer, 0, buffer.length)) {
            client.more(buffer, 0, more);
        }
    }
}
