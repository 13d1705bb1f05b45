package hakube.archive;

import java.io.IOException;
import java.io.InputStream;

/** Decrypts {@link SecretStream}; nothing that was changed, cut off or put in another order is taken for content. */
final class SecretInput extends PieceInput {

    private final InputStream stored;
    private final SecretStream stream;
    private final byte[] encrypted = new byte[SecretStream.PREFIX + SecretOutput.CHUNK + SecretStream.SUM];
    private final byte[] chunk = new byte[SecretStream.PREFIX + SecretOutput.CHUNK];
    private long left;
    private boolean hasEnded;

    /**
     * @param length of what is stored, in octets
     * @param size of the content, as the header says
     */
    SecretInput(InputStream stored, long length, SecretStream stream, long size) throws DamagedArchive {
        if (size > length || length != size + overhead(size)) {
            throw new DamagedArchive(
                    "its encrypted data has " + length + " octets, which does not fit to its size of " + size);
        }
        this.stored = stored;
        this.stream = stream;
        left = size;
    }

    private static long overhead(long size) {
        return SecretStream.OVERHEAD * Math.max(1, (size + SecretOutput.CHUNK - 1) / SecretOutput.CHUNK);
    }

    @Override
    boolean advance() throws IOException {
        if (hasEnded) {
            return false;
        }
        int length = (int) Math.min(left, SecretOutput.CHUNK);
        int wanted = length + SecretStream.OVERHEAD;
        if (stored.readNBytes(encrypted, SecretStream.PREFIX - 1, wanted) < wanted) {
            throw new DamagedArchive("it ends in the middle of its encrypted data");
        }
        encrypted[0] = encrypted[SecretStream.PREFIX - 1];
        if (!stream.pull(encrypted, length, chunk)) {
            throw new DamagedArchive("its encrypted data is damaged");
        }
        left -= length;
        hasEnded = left == 0;
        if (chunk[0] != (hasEnded ? SecretStream.FINAL : SecretStream.MESSAGE)) {
            throw new DamagedArchive(
                    "its encrypted data ends where it says that it does not, or goes on behind its end");
        }
        give(chunk, SecretStream.PREFIX, SecretStream.PREFIX + length);
        return true;
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }
}
