package hakube.archive;

/**
 * How much may come out of a part, whatever it claims.
 *
 * @param mostOctets of all its files together, and of its tar
 * @param mostMembers files, directories and links
 */
public record Limits(long mostOctets, long mostMembers) {

    /** No more than the storage holds anyway. */
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE);
}
