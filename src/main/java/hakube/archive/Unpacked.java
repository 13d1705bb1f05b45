package hakube.archive;

/**
 * What came out of a part.
 *
 * @param members files, directories and links
 * @param octets of all files
 * @param areOwnersKept false where this process may not give files to others
 */
public record Unpacked(long members, long octets, boolean areOwnersKept) {}
