package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    private static final long LARGEST = 70_000;

    /** Two frames of a message with a ping between them, one that needs two octets for its length, a close frame. */
    private static final byte[] SERVERS =
            bytes("01024142" + "8901ff" + "800143" + "827e0080" + "00".repeat(128) + "880203e8");

    /** However it is cut into reads, all of it passes, and it is known where frames end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 1000})
    void framesPassInWhateverPiecesTheyCome(int piece) {
        Frames frames = new Frames(false, LARGEST);
        byte[] kept = new byte[0];
        int passed = 0;
        for (int at = 0; at < SERVERS.length; at += piece) {
            byte[] shown = Arrays.copyOf(kept, kept.length + Math.min(piece, SERVERS.length - at));
            System.arraycopy(SERVERS, at, shown, kept.length, shown.length - kept.length);
            int end = frames.pass(shown, 0, shown.length);
            assertDoesNotThrow(frames::check);
            passed += end;
            kept = Arrays.copyOfRange(shown, end, shown.length);
            assertTrue(kept.length < Frames.HEAD, "no more than a head is kept");
        }
        assertEquals(SERVERS.length, passed);
        assertTrue(frames.areOver());
    }

    @Test
    void nothingPassesAfterTheCloseFrame() {
        byte[] more = bytes("8800" + "8100");
        Frames frames = new Frames(false, LARGEST);
        assertEquals(2, frames.pass(more, 0, more.length));
        assertTrue(frames.areOver());
    }

    @Test
    void whatCameBeforeAFaultPasses() {
        byte[] all = bytes("810141" + "c10141");
        Frames frames = new Frames(false, LARGEST);
        assertEquals(3, frames.pass(all, 0, all.length));
        assertTrue(frames.isBetween());
        assertEquals(1002, assertThrows(Frames.Fault.class, frames::check).code());
        assertFalse(frames.areOver());
    }

    @ParameterizedTest
    @CsvSource({
        "c100, 1002", // a bit of an extension
        "8300, 1002", // an opcode that nobody knows
        "8b00, 1002",
        "8000, 1002", // goes on with nothing
        "01008100, 1002", // begins another message
        "0900, 1002", // a ping in parts
        "897e0080, 1002", // a long ping
        "818000000000, 1002", // masked by a server
        "827fffffffffffffffff, 1002", // a negative length
        "827f7fffffffffffffff, 1009",
        "827f0000000000011171, 1009",
        "020141807f7fffffffffffffff, 1009", // goes on with more than a number can hold
    })
    void whatIsNoFrameDoesNotPass(String hex, int code) {
        byte[] all = bytes(hex);
        Frames frames = new Frames(false, LARGEST);
        frames.pass(all, 0, all.length);
        assertEquals(code, assertThrows(Frames.Fault.class, frames::check).code());
    }

    @Test
    void aMessageInPartsHasTheSameLimit() {
        byte[] all = bytes("027e8000" + "00".repeat(32768) + "007e8000" + "00".repeat(32768) + "807e8000");
        Frames frames = new Frames(false, LARGEST);
        assertEquals(2 * 32772, frames.pass(all, 0, all.length));
        assertEquals(1009, assertThrows(Frames.Fault.class, frames::check).code());
    }

    @Test
    void aClientMasks() {
        byte[] masked = bytes("818101020304" + "40");
        Frames frames = new Frames(true, LARGEST);
        assertEquals(masked.length, frames.pass(masked, 0, masked.length));
        byte[] bare = bytes("8100");
        frames.pass(bytes("8100000000000000000000000000"), 0, 14);
        assertThrows(Frames.Fault.class, frames::check, Arrays.toString(bare));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
