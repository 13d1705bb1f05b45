package hakube.archive;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** How SecureTar's first two versions make key and start of AES-128 out of a password and a salt. */
record CbcKey(byte[] key, byte[] start) {

    static final int BLOCK = 16;

    private static final int ROUNDS = 100;
    private static final int LENGTH = 16;

    static CbcKey of(Password password, byte[] salt) {
        byte[] key = digested(password.octets());
        byte[] both = Arrays.copyOf(key, key.length + salt.length);
        System.arraycopy(salt, 0, both, key.length, salt.length);
        return new CbcKey(key, digested(both));
    }

    /** @param mode of {@link Cipher} */
    Cipher cipher(int mode) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digested(byte[] octets) {
        MessageDigest digest = Digests.sha256();
        byte[] value = octets;
        for (int i = 0; i < ROUNDS; i++) {
            value = digest.digest(value);
        }
        return Arrays.copyOf(value, LENGTH);
    }
}
