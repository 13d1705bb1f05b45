package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessagesTest {

    private static final int MIB = 1024 * 1024;

    /** Lengths of the buffers from which the far side was written to. */
    private final List<Integer> rooms = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 1010, 1011, 65_536, MIB, 4 * MIB - 14, 4 * MIB})
    void whatIsHeldIsNotMuchMoreThanWhatCame(int length) {
        byte[] frame = frame(length, length);
        assertThrows(EOFException.class, () -> pass(new ByteArrayInputStream(frame)));
        assertEquals(1, rooms.size());
        int most = Math.min(4 * (Frames.HEAD + length), Frames.HEAD + 4 * MIB);
        assertTrue(rooms.getFirst() <= Math.max(1024, most), rooms.toString());
    }

    /** Of what is only announced nothing is held. */
    @Test
    void whatIsAnnouncedTakesNoMemory() {
        byte[] begun = frame(4 * MIB, 100_000);
        List<Integer> held = new ArrayList<>();
        InputStream in = new ByteArrayInputStream(begun);
        assertThrows(EOFException.class, () -> messages((into, offset, length) -> {
                    held.add(into.length);
                    return in.read(into, offset, length);
                })
                .pass());
        assertTrue(held.getLast() <= 4 * 100_000, held.toString());
    }

    private void pass(InputStream in) throws IOException {
        try (ClientMessages messages = messages(in::read)) {
            messages.pass();
        }
    }

    private ClientMessages messages(Octets.Source source) {
        FrameReader reader = new FrameReader(source, true, Mediation.LARGEST_OF_CLIENT);
        FrameWriter far = new FrameWriter((bytes, offset, length) -> rooms.add(bytes.length), true);
        return new ClientMessages(new Side(reader, far), far, new Silent(), Duration.ofSeconds(20));
    }

    /** The beginning of a masked one. */
    private static byte[] frame(int length, int there) {
        return ByteBuffer.allocate(Frames.HEAD + there)
                .put((byte) 0x82)
                .put((byte) 0xff)
                .putLong(length)
                .array();
    }

    /** Lets everything pass. */
    private static final class Silent implements Mediator {
        @Override
        public Errand admit(Talk client) {
            throw new IllegalStateException("it is in");
        }

        @Override
        public void logIn(Talk far) {
            throw new IllegalStateException("it is in");
        }

        @Override
        public List<String> objections(String text) {
            return List.of();
        }
    }
}
