package hakube.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

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
     * @param threads that compress or sum up at the same time, 1 or more
     */
    public record Options(boolean isCompressed, Optional<Protection> protection, int threads) {
        public Options {
            if (threads < 1) {
                throw new IllegalArgumentException("at least one thread has to compress");
            }
        }
    }

    private static final String METADATA = "./backup.json";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
    private static final int MODE = 0644;

    private final Path path;
    private final CheckedFile file;
    private final Optional<Compressors> compressors;
    private final Digesters digesters;
    private final Optional<Sealer> sealer;
    private final Consumer<String> warnings;
    private boolean isFinished;

    private ArchiveWriter(Path path, CheckedFile file, Options options, Consumer<String> warnings) {
        this.path = path;
        this.file = file;
        this.compressors = options.isCompressed() ? Optional.of(new Compressors(options.threads())) : Optional.empty();
        this.digesters = new Digesters(options.threads());
        this.sealer = options.protection().map(Sealer::of);
        this.warnings = warnings;
    }

    /**
     * Begins a new file.
     *
     * @param part must not exist; the caller gives it its last name when {@link #finish} is through
     * @param warnings told, one sentence each, what is left out or was changed; names in them are fit for a log
     */
    public static ArchiveWriter create(Path part, Options options, Consumer<String> warnings) throws IOException {
        return new ArchiveWriter(part, CheckedFile.create(part), options, warnings);
    }

    /**
     * Writes one part. Where that fails, for whatever reason, the file is as if it had never begun, and further parts can be written.
     *
     * @param name without suffix, such as {@code homeassistant}, {@code a0d7b954_echo}, {@code addons_local}
     * @return what it takes in the file, in octets
     */
    public long part(String name, PartBody body) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a part: " + ForLog.of(name));
        }
        long begin = file.size();
        try {
            return write(name + (compressors.isPresent() ? ".tar.gz" : ".tar"), body);
        } catch (IOException | RuntimeException | Error failure) {
            takeBack(begin, failure);
            throw failure;
        }
    }

    private void takeBack(long begin, Throwable failure) {
        try {
            file.cut(begin);
        } catch (IOException another) {
            failure.addSuppressed(another);
        }
    }

    private long write(String name, PartBody body) throws IOException {
        TarEntry entry = entry(name);
        long headers = file.reserve(TarBlocks.of(entry).length);
        long begin = file.size();
        store(body);
        long length = file.size() - begin;
        file.append(new byte[TarBlocks.padding(length)]);
        file.fill(headers, TarBlocks.of(entry.withSize(length)));
        return length;
    }

    private void store(PartBody body) throws IOException {
        if (sealer.isEmpty()) {
            through(file.append(digesters), stored -> fill(stored, body));
            return;
        }
        Sealer.Seal seal = sealer.get().next();
        long header = file.reserve(seal.header(0).length);
        long size = through(
                file.append(digesters), stored -> encrypt(seal.encryption().before(stored), body));
        file.fill(header, seal.header(size));
    }

    private long encrypt(OutputStream encryption, PartBody body) throws IOException {
        CountingOutput content = new CountingOutput(encryption);
        fill(content, body);
        content.close();
        return content.count();
    }

    private long fill(OutputStream target, PartBody body) throws IOException {
        BlockPipe pipe = compressors
                .map(threads -> new BlockPipe(new GzipStage(threads, target), 2 * threads.number() + 2))
                .orElseGet(() -> new BlockPipe(new PlainStage(target), 4));
        return through(pipe, content -> {
            PartWriter part = new PartWriter(content, warnings);
            body.write(part);
            return part.end();
        });
    }

    /** Writes something. */
    private interface Writing {

        /** @return its octets, in whatever form the caller wants to know them */
        long to(BlockPipe pipe) throws IOException;
    }

    /** When this returns, or throws, the pipe has ended and nobody writes to its target any more. */
    private static long through(BlockPipe pipe, Writing writing) throws IOException {
        try {
            long octets = writing.to(pipe);
            pipe.finish();
            return octets;
        } finally {
            pipe.abort();
        }
    }

    /** With a fraction in its time, always: so the headers take the same room whatever size they tell in the end. */
    private static TarEntry entry(String name) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return TarEntry.made(name, TarEntry.FILE, 0, MODE, now.getNano() == 0 ? now.plusNanos(1000) : now);
    }

    /**
     * Writes {@code ./backup.json} and the end, waits until all is on disk, then reads the whole file again and compares it with what
     * was meant to be written; closes the file.
     *
     * @throws IOException also where the file differs from what was written; it is deleted then
     */
    public void finish(byte[] metadata) throws IOException {
        try (this) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            TarEntry entry = TarEntry.made(METADATA, TarEntry.FILE, metadata.length, MODE, now);
            file.append(TarBlocks.of(entry));
            file.append(metadata);
            file.append(new byte[TarBlocks.padding(metadata.length)]);
            file.append(new byte[TarBlocks.ending(file.size())]);
            file.verify();
            isFinished = true;
        }
    }

    /** Deletes the file unless {@link #finish} was through. */
    @Override
    public void close() throws IOException {
        compressors.ifPresent(Compressors::close);
        digesters.close();
        try {
            file.close();
        } finally {
            if (!isFinished) {
                Files.deleteIfExists(path);
            }
        }
    }
}
