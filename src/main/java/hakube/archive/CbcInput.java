package hakube.archive;

import java.io.IOException;
import java.io.InputStream;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;

/** Decrypts AES in CBC, which notices no change of what was stored but one that hits the padding at its end. */
final class CbcInput extends InputStream {

    private static final int PIECE = 64 * 1024;

    private final InputStream stored;
    private final Cipher cipher;
    private final boolean isPadded;
    private final byte[] encrypted = new byte[PIECE];
    private final byte[] piece = new byte[PIECE];
    private long left;
    private int at;
    private int end;
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
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        while (at == end) {
            if (isDamaged) {
                throw new DamagedArchive("its encrypted data ends in a damaged block");
            }
            if (left == 0) {
                return -1;
            }
            decrypt();
        }
        int part = Math.min(length, end - at);
        System.arraycopy(piece, at, target, from, part);
        at += part;
        return part;
    }

    private void decrypt() throws IOException {
        int length = (int) Math.min(left, PIECE);
        if (stored.readNBytes(encrypted, 0, length) < length) {
            throw new DamagedArchive("it ends in the middle of its encrypted data");
        }
        left -= length;
        try {
            end = cipher.update(encrypted, 0, length, piece);
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
        at = 0;
        if (left == 0 && isPadded) {
            removePadding();
        }
    }

    /** A wrong password shows here as well; whoever reads the begin first shall notice it there. */
    private void removePadding() {
        int padding = piece[end - 1] & 0xff;
        isDamaged = padding == 0 || padding > CbcKey.BLOCK;
        for (int i = 1; !isDamaged && i <= padding; i++) {
            isDamaged = (piece[end - i] & 0xff) != padding;
        }
        if (!isDamaged) {
            end -= padding;
        }
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }
}
