package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class NoiseTest {

    @Test
    void onlyWhatChanceMadeLooksLikeIt() {
        byte[] noise = noise(Block.SIZE);
        byte[] text =
                "All work and no play makes Jack a dull boy. ".repeat(3000).getBytes(StandardCharsets.UTF_8);

        assertTrue(Noise.looksLike(noise, noise.length));
        assertFalse(Noise.looksLike(text, text.length));
        assertFalse(Noise.looksLike(new byte[Block.SIZE], Block.SIZE));
        assertFalse(Noise.looksLike(noise, 1000));
    }

    /** What repeats itself looks like noise and is none. */
    @Test
    void whatOnlyLooksLikeNoiseBecomesSmaller() throws IOException {
        byte[] repeated = new byte[40 * Block.SIZE];
        byte[] noise = noise(3000);
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = noise[i % noise.length];
        }

        assertTrue(compressed(repeated).length < repeated.length / 20);
    }

    @Test
    void noiseHardlyBecomesLargerAndComesBack() throws IOException {
        byte[] mixed = new byte[10 * Block.SIZE + 99];
        byte[] noise = noise(mixed.length);
        System.arraycopy(noise, 0, mixed, 0, 4 * Block.SIZE + 5);
        System.arraycopy(noise, 0, mixed, 7 * Block.SIZE, 3 * Block.SIZE);
        byte[] made = compressed(mixed);

        assertTrue(made.length < 7 * Block.SIZE + 4096 + 8192, made.length + "");
        assertTrue(Arrays.equals(mixed, new GZIPInputStream(new ByteArrayInputStream(made)).readAllBytes()));
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(3).nextBytes(noise);
        return noise;
    }

    private static byte[] compressed(byte[] content) throws IOException {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (Compressors compressors = new Compressors(2)) {
            BlockPipe pipe = new BlockPipe(new GzipStage(compressors, made), 6);
            pipe.write(content, 0, content.length);
            pipe.finish();
        }
        return made.toByteArray();
    }
}
