package hakube.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * What a file system says of something in it.
 *
 * @param mode kind of file and permissions
 * @param links names that it has
 * @param identity the same for all names of one file
 */
record Found(int mode, int links, Identity identity, int uid, int gid, long size, Instant modified) {

    /** Which file it is. */
    record Identity(long device, long inode) {}

    private static final String WANTED = "unix:mode,nlink,dev,ino,uid,gid,size,lastModifiedTime";

    private static final int KIND = 0170000;
    private static final int FILE = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;
    private static final int PERMISSIONS = 07777;

    static Found of(Handle handle) throws IOException {
        return of(Files.readAttributes(handle.path(), WANTED));
    }

    /** Of a link itself. */
    static Found of(Path path) throws IOException {
        return of(Files.readAttributes(path, WANTED, LinkOption.NOFOLLOW_LINKS));
    }

    private static Found of(Map<String, Object> told) {
        return new Found(
                (int) told.get("mode"),
                (int) told.get("nlink"),
                new Identity((long) told.get("dev"), (long) told.get("ino")),
                (int) told.get("uid"),
                (int) told.get("gid"),
                (long) told.get("size"),
                ((FileTime) told.get("lastModifiedTime")).toInstant());
    }

    boolean isFile() {
        return (mode & KIND) == FILE;
    }

    boolean isDirectory() {
        return (mode & KIND) == DIRECTORY;
    }

    boolean isLink() {
        return (mode & KIND) == LINK;
    }

    int permissions() {
        return mode & PERMISSIONS;
    }

    /** In a word or two. */
    String kind() {
        return switch (mode & KIND) {
            case FILE -> "a file";
            case DIRECTORY -> "a directory";
            case LINK -> "a link";
            case PIPE -> "a pipe";
            case SOCKET -> "a socket";
            default -> "a device";
        };
    }

    TarEntry entry(RawName name, char type, long octets, RawName link) {
        return new TarEntry(
                name,
                type,
                octets,
                permissions(),
                Integer.toUnsignedLong(uid),
                Integer.toUnsignedLong(gid),
                modified,
                link);
    }
}
