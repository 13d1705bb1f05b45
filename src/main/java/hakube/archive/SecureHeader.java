package hakube.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * With what an encrypted part begins ({@code securetar} 2026.4.1). The first version had nothing but a salt.
 *
 * @param version 1 to 3
 * @param size of the content before it was encrypted, in octets; 0 in version 1
 * @param start from which the cipher starts: the salts and, in version 3, what its key is compared with
 */
record SecureHeader(int version, long size, byte[] start) {

    static final int LEGACY_LENGTH = 16;
    static final int SALT = 16;

    private static final byte[] MAGIC = "SecureTar".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_AT = MAGIC.length;
    private static final int IDENTITY = 16;
    private static final int SIZES = 16;
    private static final int START_V3 = 104;

    /** Length of a header in octets. */
    static int length(int version) {
        return version == 1 ? LEGACY_LENGTH : IDENTITY + SIZES + startLength(version);
    }

    /** Whether these are the first octets of a part that is encrypted with version 2 or later. */
    static boolean isAt(byte[] first) {
        return ByteBuffer.wrap(first, 0, Math.min(first.length, MAGIC.length)).equals(ByteBuffer.wrap(MAGIC));
    }

    /** @throws DamagedArchive it is cut or of an unknown version */
    static SecureHeader read(InputStream stored) throws IOException {
        byte[] identity = require(stored, IDENTITY);
        if (!isAt(identity)) {
            return new SecureHeader(1, 0, identity);
        }
        int version = identity[VERSION_AT];
        if (version != 2 && version != 3) {
            throw new DamagedArchive("it is encrypted by an unknown version of SecureTar: " + version);
        }
        for (int i = VERSION_AT + 1; i < IDENTITY; i++) {
            if (identity[i] != 0) {
                throw new DamagedArchive("its header of SecureTar is damaged");
            }
        }
        long size = ByteBuffer.wrap(require(stored, SIZES)).getLong();
        if (size < 0) {
            throw new DamagedArchive("its header of SecureTar names an impossible number");
        }
        return new SecureHeader(version, size, require(stored, startLength(version)));
    }

    /** As it is written. */
    byte[] bytes() {
        return ByteBuffer.allocate(length(version))
                .put(MAGIC)
                .put((byte) version)
                .position(IDENTITY)
                .putLong(size)
                .position(IDENTITY + SIZES)
                .put(start)
                .array();
    }

    private static int startLength(int version) {
        return version == 3 ? START_V3 : SALT;
    }

    private static byte[] require(InputStream stored, int length) throws IOException {
        byte[] bytes = stored.readNBytes(length);
        if (bytes.length < length) {
            throw new DamagedArchive("it ends in the middle of its header of SecureTar");
        }
        return bytes;
    }
}
