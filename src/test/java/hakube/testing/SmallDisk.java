package hakube.testing;

import hakube.storage.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory, mounted for a test; takes a process that may mount. */
public final class SmallDisk implements AutoCloseable {

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** Whether this process may mount; a test that cannot is left out, and fails where {@code -Dhakube.mounts=required}. */
    public static boolean isAllowed() {
        try (ScratchFolder folder = new ScratchFolder(Files.createTempDirectory("disk"))) {
            mount(folder.path(), 1).close();
            return true;
        } catch (IOException refused) {
            return leaveOut(refused);
        }
    }

    /** @throws AssertionError nothing of this kind may be left out */
    static boolean leaveOut(IOException refused) {
        if (System.getProperty("hakube.mounts", "wanted").equals("required")) {
            throw new AssertionError("This process may not mount what the test needs", refused);
        }
        return false;
    }

    /** @param path an empty folder @param megabytes that fit in */
    public static SmallDisk mount(Path path, int megabytes) throws IOException {
        Command.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=755", "tmpfs", path.toString());
        return new SmallDisk(path);
    }

    public void readOnly() throws IOException {
        Command.run("mount", "-o", "remount,ro", path.toString());
    }

    public void writable() throws IOException {
        Command.run("mount", "-o", "remount,rw", path.toString());
    }

    /** Another size; what is there stays. */
    public void resize(int megabytes) throws IOException {
        Command.run("mount", "-o", "remount,size=" + megabytes + "m", path.toString());
    }

    @Override
    public void close() throws IOException {
        Command.run("umount", "-l", path.toString());
    }
}
