package hakube.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * An encrypted part, opened with the right password.
 *
 * @param version of SecureTar, 1 to 3
 */
record Unsealed(int version, InputStream content) {

    /** What the first versions are recognised by. */
    private static final int BEGIN = 512;

    private static final int MAGIC_AT = 257;
    private static final byte[] MAGIC_OF_TAR = "ustar".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MAGIC_OF_GZIP = {0x1f, (byte) 0x8b, 8};

    /**
     * @param length of what is stored, in octets
     * @throws WrongPassword what it says
     * @throws DamagedArchive its header is damaged, or does not fit to that length
     */
    static Unsealed open(InputStream stored, long length, Password password) throws IOException {
        SecureHeader header = SecureHeader.read(stored);
        long encrypted = length - SecureHeader.length(header.version());
        return new Unsealed(
                header.version(),
                switch (header.version()) {
                    case 1 -> cbc(stored, encrypted, header, password);
                    case 2 -> cbc(stored, requireFits(encrypted, header), header, password);
                    default -> secret(stored, encrypted, header, password);
                });
    }

    /** The size tells what the padding does as well; where it was never filled in it says nothing. */
    private static long requireFits(long encrypted, SecureHeader header) throws DamagedArchive {
        long size = header.size();
        if (size != 0 && (size > encrypted || encrypted != size + CbcKey.BLOCK - size % CbcKey.BLOCK)) {
            throw new DamagedArchive(
                    "its encrypted data has " + encrypted + " octets, which does not fit to its size of " + size);
        }
        return encrypted;
    }

    private static InputStream cbc(InputStream stored, long encrypted, SecureHeader header, Password password)
            throws IOException {
        CbcKey key = CbcKey.of(password, header.start());
        PushbackInputStream content =
                new PushbackInputStream(new CbcInput(stored, encrypted, key, header.version() == 2), BEGIN);
        byte[] begin = content.readNBytes(BEGIN);
        if (!isAt(begin, 0, MAGIC_OF_GZIP) && !isAt(begin, MAGIC_AT, MAGIC_OF_TAR)) {
            throw new WrongPassword("the password does not open it");
        }
        content.unread(begin);
        return content;
    }

    private static boolean isAt(byte[] begin, int at, byte[] magic) {
        return at + magic.length <= begin.length && Arrays.equals(begin, at, at + magic.length, magic, 0, magic.length);
    }

    private static InputStream secret(InputStream stored, long encrypted, SecureHeader header, Password password)
            throws IOException {
        byte[] start = header.start();
        RootKey key = RootKey.of(password, field(start, 0, SecureHeader.SALT));
        byte[] expected = field(start, 2 * SecureHeader.SALT, RootKey.LENGTH);
        if (!MessageDigest.isEqual(key.derived(field(start, SecureHeader.SALT, SecureHeader.SALT)), expected)) {
            throw new WrongPassword("the password does not open it");
        }
        int at = 2 * SecureHeader.SALT + RootKey.LENGTH;
        byte[] streamKey = key.derived(field(start, at, SecureHeader.SALT));
        byte[] streamHeader = field(start, at + SecureHeader.SALT, SecretStream.HEADER);
        return new SecretInput(stored, encrypted, new SecretStream(streamKey, streamHeader), header.size());
    }

    private static byte[] field(byte[] start, int at, int length) {
        return Arrays.copyOfRange(start, at, at + length);
    }
}
