package hakube.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** The key of which SecureTar's third version makes all others of a backup. */
record RootKey(byte[] key) {

    static final int LENGTH = 32;

    private static final int ROUNDS = 8;
    private static final int MEMORY_KIB = 16 * 1024;
    private static final byte[] PERSONAL = Arrays.copyOf("SecureTarv3".getBytes(StandardCharsets.US_ASCII), 16);

    /** Takes some 50 ms and 16 MiB. */
    static RootKey of(Password password, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(ROUNDS)
                .withMemoryAsKB(MEMORY_KIB)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] key = new byte[LENGTH];
        generator.generateBytes(password.octets(), key);
        return new RootKey(key);
    }

    /** For one purpose, told apart from others by its salt. */
    byte[] derived(byte[] salt) {
        Blake2bDigest digest = new Blake2bDigest(key, LENGTH, salt, PERSONAL);
        byte[] derived = new byte[LENGTH];
        digest.doFinal(derived, 0);
        return derived;
    }
}
