package hakube.archive;

import java.time.Instant;

/**
 * A member of a tar as its headers describe it.
 *
 * @param type the type flag
 * @param size of the content, in octets
 * @param mode permissions, without the kind of file
 * @param link what a link points to, empty for all else
 */
record TarEntry(RawName name, char type, long size, int mode, long uid, long gid, Instant modified, RawName link) {

    static final char FILE = '0';
    static final char HARD_LINK = '1';
    static final char SYMBOLIC_LINK = '2';
    static final char DIRECTORY = '5';
    static final char CONTIGUOUS_FILE = '7';
    static final char SPARSE = 'S';

    /** Something with no origin, of the Supervisor's own user. */
    static TarEntry made(String name, char type, long size, int mode) {
        return made(name, type, size, mode, Instant.now());
    }

    /** As {@link #made(String, char, long, int)}, of that time. */
    static TarEntry made(String name, char type, long size, int mode, Instant modified) {
        return new TarEntry(RawName.ofText(name), type, size, mode, 0, 0, modified, RawName.NONE);
    }

    TarEntry withSize(long octets) {
        return new TarEntry(name, type, octets, mode, uid, gid, modified, link);
    }
}
