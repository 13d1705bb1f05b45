package hakube.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One side before messages pass: whole texts of moderate size. */
record Side(FrameReader reader, FrameWriter writer) implements Mediator.Talk {

    private static final int LARGEST = 64 * 1024;

    @Override
    public String hear() throws IOException {
        reader.next();
        while (reader.opcode() >= FrameWriter.CLOSE) {
            control();
            reader.next();
        }
        if (reader.first() != (FrameWriter.FINAL | FrameWriter.TEXT) || reader.left() > LARGEST) {
            throw new FarFailure("no text where one is due");
        }
        return new String(reader.content(), StandardCharsets.UTF_8);
    }

    @Override
    public void say(String text) throws IOException {
        writer.whole(FrameWriter.FINAL | FrameWriter.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers a ping; a pong is heard. */
    void control() throws IOException {
        byte[] content = reader.content();
        if (reader.opcode() == FrameWriter.CLOSE) {
            throw new Farewell(content);
        }
        if (reader.opcode() == FrameWriter.PING) {
            writer.whole(FrameWriter.FINAL | FrameWriter.PONG, content);
        }
    }

    /** The side has said that it ends here. */
    static final class Farewell extends IOException {

        private static final long serialVersionUID = 1;
        private static final int NORMAL = 1000;
        private static final int NONE = 1005;
        private static final int LOST = 1006;
        private static final int NO_TLS = 1015;

        private final int code;

        private Farewell(byte[] content) {
            super("a side has closed the WebSocket");
            int given = content.length < 2 ? NORMAL : (content[0] & 0xff) << 8 | content[1] & 0xff;
            // Those that only mean what is never sent.
            boolean isSendable = given >= NORMAL && given < 5000 && given != NONE && given != LOST && given != NO_TLS;
            code = isSendable ? given : NORMAL;
        }

        int code() {
            return code;
        }
    }
}
