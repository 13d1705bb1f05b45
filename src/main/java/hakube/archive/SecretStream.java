package hakube.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * libsodium's secret stream, {@code crypto_secretstream_xchacha20poly1305}, without additional data and new keys on the way, which
 * SecureTar does not use.
 *
 * <p>A chunk is a block of 64 octets, of which only the first, the tag, counts, and the content. Java's ChaCha20-Poly1305 of both gives
 * the same octets and, where the length of the content can be divided by 16, the same sum; else the two differ in how many zeros they
 * add before they sum up, and Poly1305 is asked for by itself. Java's own is several times as fast, and only the last chunk of a part has an odd length.
 */
final class SecretStream {

    /** Before the content of a chunk; the first of it is the tag. */
    static final int PREFIX = 64;

    static final int SUM = 16;

    /** What a chunk takes more than its content. */
    static final int OVERHEAD = 1 + SUM;

    static final int HEADER = 24;
    static final byte MESSAGE = 0;
    static final byte FINAL = 3;

    /**
     * What Java's cipher is given at once, in octets. Java replaces its loop over a sum by the processor's own instructions only where
     * that loop is begun tens of thousands of times, so a chunk at once would be summed up several times as slowly for many GiB.
     */
    private static final int PIECE = 1024;

    private static final int SALT = 16;
    private static final int NONCE = 12;

    private final SecretKeySpec key;
    private final byte[] nonce;
    private final Cipher both;
    private final Cipher plain;
    private int counter = 1;

    /** @param header {@link #HEADER} octets by chance */
    SecretStream(byte[] key, byte[] header) {
        try {
            both = Cipher.getInstance("ChaCha20-Poly1305");
            plain = Cipher.getInstance("ChaCha20");
            this.key = new SecretKeySpec(hashed(key, Arrays.copyOf(header, SALT)), "ChaCha20");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        nonce = new byte[NONCE];
        System.arraycopy(header, SALT, nonce, Integer.BYTES, HEADER - SALT);
        count();
    }

    /**
     * Encrypts a chunk where it stands.
     *
     * @param chunk {@link #PREFIX} octets for this, then the content, then room for {@link #SUM} octets; the first octet and all from
     *     {@link #PREFIX} on are to be stored
     * @param length of the content
     */
    void push(byte[] chunk, int length, byte tag) {
        Arrays.fill(chunk, 0, PREFIX, (byte) 0);
        chunk[0] = tag;
        try {
            both.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce));
            encrypt(chunk, PREFIX + length);
            if (!isPlainSum(length)) {
                System.arraycopy(sum(chunk, length, start()), 0, chunk, PREFIX + length, SUM);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        advance(chunk, PREFIX + length);
    }

    private void encrypt(byte[] chunk, int length) throws GeneralSecurityException {
        int at = 0;
        while (length - at > PIECE) {
            at += both.update(chunk, at, PIECE, chunk, at);
        }
        both.doFinal(chunk, at, length - at, chunk, at);
    }

    /**
     * Decrypts a chunk.
     *
     * @param stored as {@link #push} made it; what was not stored may be anything
     * @param made filled with as many octets less {@link #SUM}: the tag is the first, the content comes behind {@link #PREFIX}
     * @param length of the content
     * @return false when it is not what was written
     */
    boolean pull(byte[] stored, int length, byte[] made) {
        byte[] advanced = Arrays.copyOfRange(stored, PREFIX + length, PREFIX + length + SUM);
        try {
            byte[] start = start();
            System.arraycopy(start, PREFIX + 1, stored, 1, PREFIX - 1);
            if (isPlainSum(length)) {
                both.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce));
                both.doFinal(stored, 0, PREFIX + length + SUM, made, 0);
            } else if (MessageDigest.isEqual(sum(stored, length, start), advanced)) {
                plain.init(Cipher.DECRYPT_MODE, key, new ChaCha20ParameterSpec(nonce, 1));
                plain.doFinal(stored, 0, PREFIX + length, made, 0);
            } else {
                return false;
            }
        } catch (AEADBadTagException damaged) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        advance(advanced, 0);
        return true;
    }

    private static boolean isPlainSum(int length) {
        return length % SUM == 0;
    }

    /** The first two blocks of the stream: the key of the sum, and what the prefix is encrypted with. */
    private byte[] start() throws GeneralSecurityException {
        plain.init(Cipher.DECRYPT_MODE, key, new ChaCha20ParameterSpec(nonce, 0));
        return plain.doFinal(new byte[2 * PREFIX]);
    }

    private static byte[] sum(byte[] encrypted, int length, byte[] start) {
        Poly1305 poly = new Poly1305();
        poly.init(new KeyParameter(start, 0, RootKey.LENGTH));
        poly.update(encrypted, 0, PREFIX + length);
        // So many zeros, and not as many as are missing, is what libsodium does.
        poly.update(new byte[SUM], 0, length % SUM);
        byte[] lengths = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong(PREFIX + (long) length)
                .array();
        poly.update(lengths, 0, lengths.length);
        byte[] sum = new byte[SUM];
        poly.doFinal(sum, 0);
        return sum;
    }

    private void advance(byte[] sums, int at) {
        for (int i = Integer.BYTES; i < NONCE; i++) {
            nonce[i] ^= sums[at + i - Integer.BYTES];
        }
        counter++;
        count();
    }

    private void count() {
        ByteBuffer.wrap(nonce).order(ByteOrder.LITTLE_ENDIAN).putInt(counter);
    }

    /** HChaCha20: what ChaCha20 does before it adds what it began with, so that is taken away again. */
    private byte[] hashed(byte[] from, byte[] salt) throws GeneralSecurityException {
        ByteBuffer start = ByteBuffer.wrap(salt).order(ByteOrder.LITTLE_ENDIAN);
        plain.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(from, "ChaCha20"),
                new ChaCha20ParameterSpec(Arrays.copyOfRange(salt, Integer.BYTES, SALT), start.getInt(0)));
        ByteBuffer block = ByteBuffer.wrap(plain.doFinal(new byte[PREFIX])).order(ByteOrder.LITTLE_ENDIAN);
        int[] constants = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
        ByteBuffer hashed = ByteBuffer.allocate(RootKey.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < constants.length; i++) {
            hashed.putInt(block.getInt(i * Integer.BYTES) - constants[i]);
        }
        for (int i = 0; i < constants.length; i++) {
            hashed.putInt(block.getInt(PREFIX - SALT + i * Integer.BYTES) - start.getInt(i * Integer.BYTES));
        }
        return hashed.array();
    }
}
