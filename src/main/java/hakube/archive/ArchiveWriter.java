package hakube.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A backup while it is written (format: upstream {@code supervisor/backups/backup.py} and {@code securetar} 2026.4.1). It takes the
 * same memory whatever the size. Only for one thread at a time.
 */
public final class ArchiveWriter implements Closeable {

    /**
     * How the parts are written.
     *
     * @param isCompressed with gzip; their names end accordingly
     * @param protection empty for parts that anyone can read
     * @param threads that compress at the same time, 1 or more
     */
    public record Options(boolean isCompressed, Optional<Protection> protection, int threads) {}

    private ArchiveWriter() {}

    /**
     * Begins a new file.
     *
     * @param part must not exist; the caller gives it its last name when {@link #finish} is through
     * @param warnings told, one sentence each, what is left out or was changed; names in them are fit for a log
     */
    public static ArchiveWriter create(Path part, Options options, Consumer<String> warnings) throws IOException {
        throw new UnsupportedOperationException("being built");
    }

    /**
     * Writes one part. Where that fails, for whatever reason, the file is as if it had never begun, and further parts can be written.
     *
     * @param name without suffix, such as {@code homeassistant}, {@code a0d7b954_echo}, {@code addons_local}
     * @return what it takes in the file, in octets
     */
    public long part(String name, PartBody body) throws IOException {
        throw new UnsupportedOperationException("being built");
    }

    /**
     * Writes {@code ./backup.json} and the end, waits until all is on disk, then reads the whole file again and compares it with what
     * was meant to be written; closes the file.
     *
     * @throws IOException also where the file differs from what was written; it is deleted then
     */
    public void finish(byte[] metadata) throws IOException {
        throw new UnsupportedOperationException("being built");
    }

    /** Deletes the file unless {@link #finish} was through. */
    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException("being built");
    }
}
