package hakube.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** What a house holds: logs, a database, pictures, and many small texts; always the same. */
final class MixedData {

    private static final int PIECE = 64 * 1024;
    private static final int WORDS = 4000;
    private static final int SMALL = 4096;
    private static final int SMALL_IN_A_FOLDER = 160;

    private final Random random = new Random(20260314);
    private final String[] words = new String[WORDS];

    private MixedData() {
        for (int i = 0; i < WORDS; i++) {
            words[i] = Long.toString(Math.abs(random.nextLong()), 36).substring(0, 2 + random.nextInt(8));
        }
    }

    /** @param octets of all files together, roughly */
    static void make(Path folder, long octets) throws IOException {
        MixedData data = new MixedData();
        Files.createDirectories(folder);
        data.large(folder.resolve("home-assistant.log"), octets * 35 / 100, data::text);
        data.large(folder.resolve("home-assistant_v2.db"), octets * 25 / 100, data::records);
        data.large(folder.resolve("film"), octets * 25 / 100, data::noise);
        long small = octets * 15 / 100 / SMALL;
        for (long i = 0; i < small; i++) {
            Path some = folder.resolve("folder " + i / SMALL_IN_A_FOLDER);
            Files.createDirectories(some);
            Files.write(some.resolve("file " + i), data.text(SMALL / 2 + data.random.nextInt(SMALL)));
        }
    }

    private interface Kind {
        byte[] piece(int length);
    }

    private void large(Path file, long octets, Kind kind) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (long i = 0; i < octets / PIECE; i++) {
                out.write(kind.piece(PIECE));
            }
        }
    }

    private byte[] text(int length) {
        StringBuilder text = new StringBuilder(length + 100);
        while (text.length() < length) {
            text.append("2026-03-14 0")
                    .append(random.nextInt(10))
                    .append(':')
                    .append(random.nextInt(60))
                    .append(" INFO ");
            for (int i = 0; i < 8; i++) {
                // Some words are said far more often than others.
                text.append(words[(int) (WORDS * Math.pow(random.nextDouble(), 3))])
                        .append(' ');
            }
            text.append('\n');
        }
        return text.substring(0, length).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] records(int length) {
        ByteBuffer records = ByteBuffer.allocate(length);
        long time = 1_773_000_000_000L;
        while (records.remaining() >= 32) {
            time += random.nextInt(5000);
            records.putLong(time)
                    .putInt(random.nextInt(200))
                    .putInt(0)
                    .putDouble(Math.rint(random.nextGaussian() * 200) / 10);
            records.putLong(random.nextInt(3));
        }
        return records.array();
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }
}
