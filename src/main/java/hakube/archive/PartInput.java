package hakube.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A part while it is read: decrypting, inflating and what becomes of it each have a thread. */
final class PartInput implements Closeable {

    private final InputStream content;
    private final boolean isExact;

    private PartInput(InputStream content, boolean isExact) {
        this.content = content;
        this.isExact = isExact;
    }

    /** @throws WrongPassword the part does not begin as one of that password, or of none, does */
    static PartInput open(OuterTar tar, TarMember member, boolean isCompressed, Optional<Password> password)
            throws IOException {
        InputStream stored = new MemberInput(tar, member);
        if (password.isEmpty()) {
            requireNotEncrypted(new MemberInput(tar, member));
            return new PartInput(unpacked(stored, isCompressed, true), true);
        }
        Unsealed unsealed = Unsealed.open(stored, member.size(), password.get());
        boolean isExact = unsealed.version() > 1;
        return new PartInput(unpacked(unsealed.content(), isCompressed, isExact), isExact);
    }

    private static InputStream unpacked(InputStream tar, boolean isCompressed, boolean isExact) {
        return new Ahead(
                isCompressed ? new GzipInput(new Ahead(tar, "backup-reader"), isExact) : tar, "backup-unpacker");
    }

    private static void requireNotEncrypted(InputStream stored) throws IOException {
        if (SecureHeader.isAt(stored.readNBytes(SecureHeader.LEGACY_LENGTH))) {
            throw new WrongPassword("it is encrypted, and there is no password");
        }
    }

    TarInput tar(Limits limits) {
        return new TarInput(content, isExact, limits);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
