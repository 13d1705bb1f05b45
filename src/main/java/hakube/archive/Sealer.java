package hakube.archive;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Encrypts the parts of one new backup. */
sealed interface Sealer {

    /** What one part is encrypted with; each has its own. */
    Seal next();

    /**
     * One part's encryption.
     *
     * @param header with which it begins, but for its size
     */
    record Seal(SecureHeader header, Encryption encryption) {

        /** What is behind the header. @param size of the content, in octets */
        byte[] header(long size) {
            return new SecureHeader(header.version(), size, header.start()).bytes();
        }
    }

    /** Puts itself before a stream. */
    interface Encryption {
        OutputStream before(OutputStream target);
    }

    SecureRandom RANDOM = new SecureRandom();

    static Sealer of(Protection protection) {
        return switch (protection.version()) {
            case V2 -> new Second(protection.password());
            case V3 -> Third.of(protection.password());
        };
    }

    /** Version 2. */
    record Second(Password password) implements Sealer {

        @Override
        public Seal next() {
            byte[] salt = random(SecureHeader.SALT);
            return new Seal(new SecureHeader(2, 0, salt), target -> new CbcOutput(target, CbcKey.of(password, salt)));
        }
    }

    /** Version 3: one key for the whole backup, and what it is recognised by. */
    record Third(RootKey key, byte[] rootSalt, byte[] validationSalt) implements Sealer {

        static Third of(Password password) {
            byte[] salt = random(SecureHeader.SALT);
            return new Third(RootKey.of(password, salt), salt, random(SecureHeader.SALT));
        }

        @Override
        public Seal next() {
            byte[] salt = random(SecureHeader.SALT);
            byte[] header = random(SecretStream.HEADER);
            byte[] start = ByteBuffer.allocate(3 * SecureHeader.SALT + RootKey.LENGTH + SecretStream.HEADER)
                    .put(rootSalt)
                    .put(validationSalt)
                    .put(key.derived(validationSalt))
                    .put(salt)
                    .put(header)
                    .array();
            return new Seal(
                    new SecureHeader(3, 0, start),
                    target -> new SecretOutput(target, new SecretStream(key.derived(salt), header)));
        }
    }

    private static byte[] random(int length) {
        byte[] random = new byte[length];
        RANDOM.nextBytes(random);
        return random;
    }
}
