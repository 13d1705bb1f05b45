package hakube.archive;

import java.io.IOException;
import java.io.InputStream;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;

/** Decrypts AES in CBC, which notices no change of what was stored but one that hits the padding at its end. */
final class CbcInput extends PieceInput {

    private static final int PIECE = 64 * 1024;

    private final InputStream stored;
    private final Cipher cipher;
    private final boolean isPadded;
    private final byte[] encrypted = new byte[PIECE];
    private final byte[] piece = new byte[PIECE];
    private long left;
    private boolean isDamaged;

    /**
     * @param length of what is stored, in octets
     * @param isPadded whether its last block was filled up by the rules; the first version of SecureTar did so with whatever it wrote,
     *     so that nobody can tell what it added
     */
    CbcInput(InputStream stored, long length, CbcKey key, boolean isPadded) throws DamagedArchive {
        if (length % CbcKey.BLOCK != 0 || length == 0) {
            throw new DamagedArchive("it ends in the middle of its encrypted data");
        }
        this.stored = stored;
        this.cipher = key.cipher(Cipher.DECRYPT_MODE);
        this.isPadded = isPadded;
        left = length;
    }

    @Override
    boolean advance() throws IOException {
        if (isDamaged) {
            throw new DamagedArchive("its encrypted data ends in a damaged block");
        }
        if (left == 0) {
            return false;
        }
        int end = decrypted();
        give(piece, 0, left == 0 && isPadded ? withoutPadding(end) : end);
        return true;
    }

    /** @return how many octets the piece has */
    private int decrypted() throws IOException {
        int length = (int) Math.min(left, PIECE);
        if (stored.readNBytes(encrypted, 0, length) < length) {
            throw new DamagedArchive("it ends in the middle of its encrypted data");
        }
        left -= length;
        try {
            return cipher.update(encrypted, 0, length, piece);
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A wrong password shows here as well; whoever reads the begin first shall notice it there. */
    private int withoutPadding(int end) {
        int padding = piece[end - 1] & 0xff;
        isDamaged = padding == 0 || padding > CbcKey.BLOCK;
        for (int i = 1; !isDamaged && i <= padding; i++) {
            isDamaged = (piece[end - i] & 0xff) != padding;
        }
        return isDamaged ? end : end - padding;
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }
}
