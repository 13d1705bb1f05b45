package hakube.archive;

import java.security.MessageDigest;

/**
 * The SHA-256 of the SHA-256 of each block of {@link Block#SIZE} octets, of which the last one may be shorter: blocks can be summed up
 * side by side then, while there is one sum in the end.
 */
final class BlockDigest extends MessageDigest {

    private final MessageDigest all = Digests.sha256();
    private final MessageDigest block = Digests.sha256();
    private int length;

    BlockDigest() {
        super("SHA-256 of blocks");
    }

    /** The next block, whose own SHA-256 is known. */
    void add(byte[] sum) {
        all.update(sum);
    }

    @Override
    protected void engineUpdate(byte octet) {
        engineUpdate(new byte[] {octet}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] octets, int from, int count) {
        int at = from;
        while (at < from + count) {
            int part = Math.min(from + count - at, Block.SIZE - length);
            block.update(octets, at, part);
            length += part;
            at += part;
            if (length == Block.SIZE) {
                endBlock();
            }
        }
    }

    private void endBlock() {
        all.update(block.digest());
        length = 0;
    }

    @Override
    protected byte[] engineDigest() {
        if (length > 0) {
            endBlock();
        }
        return all.digest();
    }

    @Override
    protected void engineReset() {
        all.reset();
        block.reset();
        length = 0;
    }
}
