package hakube.archive;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** Modes, owners and times of what is unpacked. */
final class Ownership {

    /** What is left of a mode: neither set-id bits, nor may anyone but the owner write (Python's {@code tar} filter). */
    private static final int KEPT = 0755;

    /** What every file has until it is complete. */
    private static final int LEAST = 0600;

    private static final int LEAST_OF_DIRECTORY = 0700;
    private static final long LARGEST_ID = 0xfffffffeL;

    private final int uid;
    private final int gid;
    private final boolean areModesAsAsked;
    private final Consumer<String> warnings;
    private boolean isKept = true;

    private Ownership(Found probe, Consumer<String> warnings) {
        uid = probe.uid();
        gid = probe.gid();
        areModesAsAsked = probe.permissions() == KEPT;
        this.warnings = warnings;
    }

    /** Tries what files in that folder get when nothing is said. */
    static Ownership in(Path folder, Consumer<String> warnings) throws IOException {
        Path probe = Files.createTempDirectory(folder, ".probe", attribute(KEPT));
        try {
            return new Ownership(Found.of(probe), warnings);
        } finally {
            Files.delete(probe);
        }
    }

    /** Whether all owners could be kept so far. */
    boolean isKept() {
        return isKept;
    }

    /** With which a file is created. */
    FileAttribute<Set<PosixFilePermission>> modeOf(TarEntry member) {
        return attribute(member.mode() & KEPT | LEAST);
    }

    /** With which a directory is created; what it shall have in the end might forbid to fill it. */
    static FileAttribute<Set<PosixFilePermission>> modeOfOpen() {
        return attribute(LEAST_OF_DIRECTORY);
    }

    /** Of a file that is complete. */
    void give(Path file, TarEntry member) throws IOException {
        giveOwner(file, member);
        setTime(file, member);
        int mode = member.mode() & KEPT;
        if (!areModesAsAsked || (mode & LEAST) != LEAST) {
            Files.setPosixFilePermissions(file, permissions(mode));
        }
    }

    void giveLink(Path link, TarEntry member) {
        giveOwner(link, member);
    }

    /** Of a directory to which nothing is added for now; not one that has become a link. */
    void giveDirectory(Path directory, TarEntry member) throws IOException {
        giveOwner(directory, member);
        setTime(directory, member);
        Files.setPosixFilePermissions(directory, permissions(member.mode() & KEPT));
    }

    /** Makes a directory one that can be filled. */
    static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, permissions(LEAST_OF_DIRECTORY));
    }

    private static void setTime(Path path, TarEntry member) throws IOException {
        FileTime time = FileTime.from(member.modified());
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, time, null);
    }

    private void giveOwner(Path path, TarEntry member) {
        if (!isKept || member.uid() == uid && member.gid() == gid) {
            return;
        }
        try {
            if (member.uid() > LARGEST_ID || member.gid() > LARGEST_ID) {
                throw new FileSystemException(path.toString(), null, "no such number");
            }
            Files.setAttribute(path, "unix:gid", (int) member.gid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:uid", (int) member.uid(), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException refused) {
            isKept = false;
            warnings.accept("Owners of files cannot be kept: " + member.name().forLog() + " belonged to " + member.uid()
                    + ":" + member.gid() + " and now belongs to " + uid + ":" + gid + " ("
                    + ForLog.of(String.valueOf(
                            refused instanceof FileSystemException told ? told.getReason() : refused.getMessage()))
                    + ")");
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(int mode) {
        return PosixFilePermissions.asFileAttribute(permissions(mode));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            // They are declared in the order of the bits, the owner's right to read first.
            if ((mode & 0400 >> permission.ordinal()) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }
}
