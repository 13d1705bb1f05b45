package hakube.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Backups with one part, octet by octet, good and bad. */
final class Parts {

    static final String NAME = "share";

    private Parts() {}

    /** A backup whose only part has these octets. */
    static byte[] backup(boolean isCompressed, byte[] part) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        member(tar, entry(NAME + (isCompressed ? ".tar.gz" : ".tar"), TarEntry.FILE, ""), part);
        member(tar, entry("./backup.json", TarEntry.FILE, ""), "{}".getBytes(StandardCharsets.UTF_8));
        tar.writeBytes(new byte[TarBlocks.ending(tar.size())]);
        return tar.toByteArray();
    }

    /** The octets of the only part. */
    static byte[] partOf(Path backup) throws IOException, NotABackup {
        try (ArchiveReader reader = ArchiveReader.open(backup)) {
            return reader.read(reader.members().getFirst(), Integer.MAX_VALUE);
        }
    }

    static TarEntry entry(String name, char type, String link) {
        return new TarEntry(
                RawName.ofText(name), type, 0, 0644, 0, 0, Instant.parse("2026-01-02T03:04:05Z"), RawName.ofText(link));
    }

    static void member(ByteArrayOutputStream tar, TarEntry entry, byte[] content) {
        tar.writeBytes(TarBlocks.of(entry.withSize(content.length)));
        tar.writeBytes(content);
        tar.writeBytes(new byte[TarBlocks.padding(content.length)]);
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return compressed.toByteArray();
    }

    /** @return what went wrong, empty when it was accepted */
    static Optional<Exception> unpack(
            Path backup, boolean isCompressed, Optional<Password> password, Path target, Limits limits) {
        try (ArchiveReader reader = ArchiveReader.open(backup)) {
            Files.createDirectories(target);
            reader.unpack(NAME, isCompressed, password, target, limits, warning -> {});
            return Optional.empty();
        } catch (IOException | NotABackup refused) {
            return Optional.of(refused);
        }
    }
}
