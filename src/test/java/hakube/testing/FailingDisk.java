package hakube.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A file system on a disk that breaks: then Linux says {@code Input/output error} of what is written to it and of what it should give
 * back, as it does of a real one. It is an ext4 on a loop device, which becomes smaller than the file system on it.
 */
public final class FailingDisk implements Closeable {

    private static final long OCTETS = 64L << 20;

    /** In which the file system keeps what it needs for itself, and no content of a file. */
    private static final long OWN_OCTETS = 4L << 20;

    private final Path image;
    private final String device;
    private final Path path;

    private FailingDisk(Path image, String device, Path path) {
        this.image = image;
        this.device = device;
        this.path = path;
    }

    /** Whether this process may mount one; a test that cannot is left out. */
    public static boolean isAllowed() {
        try {
            Path folder = Files.createTempDirectory("failing");
            mount(folder.resolve("image"), Files.createDirectory(folder.resolve("disk")))
                    .close();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /**
     * A whole one of 64 MiB.
     *
     * @param image a file that is made for it
     * @param path an empty folder, where it is mounted
     */
    public static FailingDisk mount(Path image, Path path) throws IOException {
        resize(image, OCTETS);
        run(
                "mkfs.ext4",
                "-q",
                "-N",
                "512",
                "-O",
                "^has_journal",
                "-E",
                "lazy_itable_init=0,nodiscard",
                image.toString());
        String device = run("losetup", "--show", "-f", image.toString()).strip();
        run("mount", "-o", "errors=continue", device, path.toString());
        Files.delete(path.resolve("lost+found"));
        return new FailingDisk(image, device, path);
    }

    /** From now on it takes nothing, and gives nothing back. */
    public void breakDown() throws IOException {
        run("sync", "-f", path.toString());
        resize(image, OWN_OCTETS);
        run("losetup", "-c", device);
    }

    /** As {@link #breakDown}, and of that file the kernel has no copy. */
    public void breakDownWith(Path file) throws IOException {
        run("sync", "-f", path.toString());
        run("dd", "if=" + file, "iflag=nocache", "count=0", "status=none");
        breakDown();
    }

    /** From now on it takes everything again; what was written before is lost. */
    public void heal() throws IOException {
        resize(image, OCTETS);
        run("losetup", "-c", device);
    }

    private static void resize(Path image, long octets) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(octets);
        }
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", path.toString());
        run("losetup", "-d", device);
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }
}
