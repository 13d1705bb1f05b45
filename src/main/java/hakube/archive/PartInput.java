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
        boolean isExact = true;
        InputStream content = isCompressed ? new GzipInput(new Ahead(stored, "backup-reader"), isExact) : stored;
        return new PartInput(new Ahead(content, "backup-inflater"), isExact);
    }

    TarInput tar(Limits limits) {
        return new TarInput(content, isExact, limits);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
