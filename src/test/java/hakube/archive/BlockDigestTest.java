package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One thread and several come to the same sum. */
class BlockDigestTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Block.SIZE - 1, Block.SIZE, Block.SIZE + 1, 9 * Block.SIZE, 9 * Block.SIZE + 5})
    void itIsTheSumOfTheSumsOfAllBlocks(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(3).nextBytes(content);
        byte[] expected = expected(content);

        BlockDigest inPieces = new BlockDigest();
        for (int at = 0; at < length; at += 77_777) {
            inPieces.update(content, at, Math.min(77_777, length - at));
        }
        assertArrayEquals(expected, inPieces.digest());

        BlockDigest sideBySide = new BlockDigest();
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (Digesters digesters = new Digesters(3)) {
            BlockPipe pipe = digesters.before(target, sideBySide);
            pipe.write(content, 0, length);
            pipe.finish();
        }
        assertArrayEquals(expected, sideBySide.digest());
        assertArrayEquals(content, target.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Block.SIZE, 3 * Block.SIZE + 4})
    void anOctetThatDiffersMakesAnotherSum(int at) {
        byte[] content = new byte[3 * Block.SIZE + 5];
        byte[] sum = new BlockDigest().digest(content);
        content[at] = 1;
        assertFalse(Arrays.equals(sum, new BlockDigest().digest(content)));
    }

    private static byte[] expected(byte[] content) {
        ByteArrayOutputStream sums = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; at += Block.SIZE) {
            sums.writeBytes(Digests.sha256()
                    .digest(Arrays.copyOfRange(content, at, Math.min(at + Block.SIZE, content.length))));
        }
        return Digests.sha256().digest(sums.toByteArray());
    }
}
