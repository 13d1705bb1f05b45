package hakube.archive;

/**
 * One member of a tar: where its content is.
 *
 * @param isFile false for directories, links and devices, which have no content
 * @param offset of the first octet of the content in the archive
 * @param size of the content in octets
 */
public record TarMember(String name, boolean isFile, long offset, long size) {}
