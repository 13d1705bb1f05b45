package hakube.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Archives that are far larger inside than outside, read by a program that has little memory. */
final class Bombs {

    private static final long MANY = 1L << 28;

    private Bombs() {}

    private interface Bomb {
        void write(OutputStream tar) throws IOException;
    }

    /** @param arguments a folder */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        for (Bomb bomb : List.<Bomb>of(Bombs::zeros, Bombs::longNames, Bombs::endlessHeaders, Bombs::deepFolders)) {
            Path backup = folder.resolve("bomb.tar");
            write(backup, bomb);
            try (ArchiveReader reader = ArchiveReader.open(backup)) {
                reader.verify(Parts.NAME, true, Optional.empty());
                throw new AssertionError("it has no end, and was whole");
            } catch (DamagedArchive expected) {
                // That it came so far is what matters.
            }
            Path target = Files.createTempDirectory(folder, "target");
            if (Parts.unpack(backup, true, Optional.empty(), target, new Limits(MANY / 16, 100_000))
                    .isEmpty()) {
                throw new AssertionError("it has no end, and was unpacked");
            }
        }
        System.out.println("all of them went off");
    }

    /** None of them is whole: so that a reader that stops early is noticed, what is missing is the end. */
    private static void write(Path backup, Bomb bomb) throws IOException {
        Path inner = backup.resolveSibling("inner");
        try (OutputStream tar =
                new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(inner)), 64 * 1024)) {
            bomb.write(tar);
        }
        Files.write(backup, Parts.backup(true, Files.readAllBytes(inner)));
    }

    private static void zeros(OutputStream tar) throws IOException {
        tar.write(TarBlocks.of(Parts.entry("zeros", TarEntry.FILE, "").withSize(MANY / 2)));
        byte[] piece = new byte[1 << 20];
        for (int i = 0; i < MANY / 2 / piece.length; i++) {
            tar.write(piece);
        }
    }

    private static void longNames(OutputStream tar) throws IOException {
        byte[] name = "n/".repeat(TarInput.LARGEST_HEADER / 2).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20; i++) {
            tar.write(TarBlocks.of(Parts.entry("x", 'L', "").withSize(name.length)));
            tar.write(name);
            tar.write(TarBlocks.of(Parts.entry("x", 'K', "").withSize(name.length)));
            tar.write(name);
        }
    }

    private static void endlessHeaders(OutputStream tar) throws IOException {
        byte[] records = "30 comment=aaaaaaaaaaaaaaaaaa\n".getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(records, TarBlocks.BLOCK);
        byte[] header = TarBlocks.of(Parts.entry("x", 'g', "").withSize(records.length));
        for (int i = 0; i < 50_000; i++) {
            tar.write(header);
            tar.write(block);
        }
    }

    private static void deepFolders(OutputStream tar) throws IOException {
        for (int i = 0; i < 15_000; i++) {
            tar.write(TarBlocks.of(Parts.entry("a" + i % 300 + "/b" + i, TarEntry.DIRECTORY, "")));
        }
    }
}
