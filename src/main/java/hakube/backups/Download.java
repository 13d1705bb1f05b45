package hakube.backups;

import hakube.api.ApiFailure;
import hakube.archive.PlainFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A backup's file on its way to a client.
 *
 * @param name under which clients save it
 * @param size in octets
 */
record Download(Path path, String name, long size, Instant modified) {

    private static final int PIECE = 64 * 1024;
    private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9]+");

    /** What stands in a header as it is (RFC 9110, 5.6.2). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** What no header may hold. */
    private static final Pattern NO_HEADER = Pattern.compile("[^\\x20-\\x7e]");

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * @return empty when the file is gone, or something else has taken its place
     * @throws ApiFailure.Forbidden the Supervisor may not read it, as upstream's server answers
     */
    static Optional<Download> of(Backup backup, BackupLocation location) throws IOException {
        Path path = backup.files().get(location).path();
        try (FileChannel file = PlainFile.open(path)) {
            Instant modified =
                    Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
            return Optional.of(new Download(path, name(backup, path), file.size(), modified));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (AccessDeniedException refused) {
            throw new ApiFailure.Forbidden("Cannot read backup at " + path + ": the Supervisor may not");
        }
    }

    /** Identifies this content, as header {@code ETag} has it. */
    String tag() {
        long nanos = modified.getEpochSecond() * 1_000_000_000L + modified.getNano();
        return "\"" + Long.toHexString(nanos) + "-" + Long.toHexString(size) + "\"";
    }

    /** As header {@code Last-Modified} has it: the next whole second, so that the file is never newer than it says. */
    String lastModified() {
        return HTTP_DATE.format(modified.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS));
    }

    /** As header {@code Content-Disposition} has it: upstream's form where that is one, quoted where it would not be. */
    String disposition() {
        if (TOKEN.matcher(name).matches()) {
            return "attachment; filename=" + name;
        }
        String quoted =
                NO_HEADER.matcher(name).replaceAll("_").replace("\\", "\\\\").replace("\"", "\\\"");
        String ascii = "attachment; filename=\"" + quoted + "\"";
        return NO_HEADER.matcher(name).find() ? ascii + "; filename*=UTF-8''" + percent(name) : ascii;
    }

    /** As RFC 8187 has it. */
    private static String percent(String text) {
        StringBuilder percent = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain =
                    octet >= '0' && octet <= '9' || octet >= 'A' && octet <= 'Z' || octet >= 'a' && octet <= 'z';
            percent.append(isPlain || ".-_".indexOf(octet) >= 0 ? (char) octet : "%%%02X".formatted(octet & 0xff));
        }
        return percent.toString();
    }

    /**
     * Which part is wanted.
     *
     * @param unless value of header {@code If-Range}: a part is of use only if the file is still the one that this names
     */
    ByteRange wanted(Optional<String> range, Optional<String> unless) {
        boolean isStill = unless.map(named -> named.equals(tag()) || named.equals(lastModified()))
                .orElse(true);
        return ByteRange.of(range.filter(header -> isStill), size);
    }

    /** Copies a part. @throws EOFException the file is shorter now; the client must not take what it has for the whole */
    void copy(long from, long count, OutputStream out) throws IOException {
        try (FileChannel channel = PlainFile.open(path)) {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, count));
            long left = count;
            while (left > 0) {
                piece.clear().limit((int) Math.min(piece.capacity(), left));
                int read = channel.read(piece, from + count - left);
                if (read < 0) {
                    throw new EOFException(path + " became shorter while it was sent");
                }
                out.write(piece.array(), 0, read);
                left -= read;
            }
        }
    }

    /** That of the file, unless it only repeats the slug: then the backup's own. */
    private static String name(Backup backup, Path path) {
        String file = path.getFileName().toString();
        return file.equals(backup.slug() + ".tar")
                ? NO_NAME.matcher(backup.metadata().name()).replaceAll("_") + ".tar"
                : file;
    }
}
