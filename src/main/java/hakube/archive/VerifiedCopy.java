package hakube.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A copy of a backup that is read again from disk before it counts, as the backup itself was ({@link ArchiveWriter#finish}). */
public final class VerifiedCopy {

    private static final int PIECE = 256 * 1024;

    private VerifiedCopy() {}

    /**
     * Makes one, which is on disk when this returns.
     *
     * @param target must not exist; where this fails some of it may be there
     * @throws IOException also where what is on disk then is not what the origin had
     */
    public static void make(Path origin, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(origin, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            long copied = make(Channels.newInputStream(channel), target);
            if (copied < size) {
                throw new IOException(origin + " became shorter while it was copied");
            }
        }
    }

    /** @return octets */
    static long make(InputStream origin, Path target) throws IOException {
        try (CheckedFile copy = CheckedFile.create(target)) {
            byte[] piece = new byte[PIECE];
            try (OutputStream content = copy.append()) {
                for (int read = origin.read(piece); read >= 0; read = origin.read(piece)) {
                    content.write(piece, 0, read);
                }
            }
            copy.verify();
            return copy.size();
        }
    }
}
