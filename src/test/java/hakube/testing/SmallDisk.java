package hakube.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small file system in memory, mounted for a test; takes a process that may mount. */
public final class SmallDisk implements AutoCloseable {

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** Whether this process may mount; a test that cannot is left out. */
    public static boolean isAllowed() {
        try {
            SmallDisk disk = mount(Files.createTempDirectory("disk"), 1);
            disk.close();
            Files.delete(disk.path);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** @param path an empty folder @param megabytes that fit in */
    public static SmallDisk mount(Path path, int megabytes) throws IOException {
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=755", "tmpfs", path.toString());
        return new SmallDisk(path);
    }

    public void readOnly() throws IOException {
        run("mount", "-o", "remount,ro", path.toString());
    }

    public void writable() throws IOException {
        run("mount", "-o", "remount,rw", path.toString());
    }

    /** Another size; what is there stays. */
    public void resize(int megabytes) throws IOException {
        run("mount", "-o", "remount,size=" + megabytes + "m", path.toString());
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", path.toString());
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }
}
