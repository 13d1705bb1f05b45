package hakube.testing;

import hakube.storage.ScratchFolder;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

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
        try (ScratchFolder folder = new ScratchFolder(Files.createTempDirectory("failing"))) {
            mount(
                            folder.path().resolve("image"),
                            Files.createDirectory(folder.path().resolve("disk")))
                    .close();
            return true;
        } catch (IOException refused) {
            return SmallDisk.leaveOut(refused);
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
        Command.run(
                "mkfs.ext4",
                "-q",
                "-N",
                "512",
                "-O",
                "^has_journal",
                "-E",
                "lazy_itable_init=0,nodiscard",
                image.toString());
        String device = Command.run("losetup", "--show", "-f", image.toString()).strip();
        try {
            Command.run("mount", "-o", "errors=continue", device, path.toString());
            Files.delete(path.resolve("lost+found"));
        } catch (IOException refused) {
            Command.run("losetup", "-d", device);
            throw refused;
        }
        return new FailingDisk(image, device, path);
    }

    /** From now on it takes nothing, and gives nothing back. */
    public void breakDown() throws IOException {
        Command.run("sync", "-f", path.toString());
        resize(image, OWN_OCTETS);
        Command.run("losetup", "-c", device);
    }

    /** As {@link #breakDown}, and of that file the kernel has no copy. */
    public void breakDownWith(Path file) throws IOException {
        Command.run("sync", "-f", path.toString());
        Command.run("dd", "if=" + file, "iflag=nocache", "count=0", "status=none");
        breakDown();
    }

    /** From now on it takes everything again; what was written before is lost. */
    public void heal() throws IOException {
        resize(image, OCTETS);
        Command.run("losetup", "-c", device);
        try {
            Command.run("sync", "-f", path.toString());
        } catch (IOException told) {
            // Linux tells once more what it has lost, to whoever asks first.
        }
    }

    private static void resize(Path image, long octets) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(octets);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Command.run("umount", "-l", path.toString());
        } finally {
            Command.run("losetup", "-d", device);
        }
    }
}
