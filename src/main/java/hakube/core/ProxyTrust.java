package hakube.core;

import hakube.storage.AtomicWrite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * The managed {@code http:} block of Core's {@code configuration.yaml}, without which Core answers 400 to whatever comes
 * through a Gateway ({@code X-Forwarded-For} from an unknown proxy).
 *
 * <p>The file is never parsed and never rewritten: the block is appended, and only where there is no top-level
 * {@code http:}. Everything else in the file keeps its bytes.
 */
final class ProxyTrust {

    static final String BACKUP = "configuration.yaml.supervisor.bak";
    private static final String BEGIN = "# BEGIN trusted proxies, managed by the Supervisor";
    private static final String END = "# END trusted proxies, managed by the Supervisor";

    private static final long LARGEST = 16L << 20;

    private ProxyTrust() {}

    /** What became of the file. */
    sealed interface Outcome {
        /** The block is there now; {@code text} is the whole file. */
        record Written(String text) implements Outcome {}

        /** The block was there and is right. */
        record Unchanged() implements Outcome {}

        /** The user has an {@code http:} section: the trusted proxies are the user's matter. */
        record Foreign() implements Outcome {}

        /** Nothing can be appended; {@code reason} says why. */
        record Unsuitable(String reason) implements Outcome {}
    }

    /**
     * Decides, without touching any file.
     *
     * @param text the file, one character per byte
     * @param proxies CIDRs; with none, no block is wanted
     */
    static Outcome decide(String text, List<String> proxies) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(begin, 0));
        if (begin >= 0 && end > begin) {
            String before = text.substring(0, begin);
            String after = text.substring(end + END.length());
            String rest = before + after.stripLeading();
            if (TopLevelKeys.of(rest).contains("http")) {
                return new Outcome.Foreign();
            }
            if (proxies.isEmpty()) {
                return new Outcome.Written(before.stripTrailing() + lineEnd(text) + after.stripLeading());
            }
            String indentation = before.substring(before.lastIndexOf('\n') + 1);
            String renewed =
                    before + block(proxies, indentation.length(), lineEnd(text)).strip() + after;
            return renewed.equals(text) ? new Outcome.Unchanged() : new Outcome.Written(renewed);
        }
        TopLevelKeys keys = TopLevelKeys.of(text);
        if (keys.contains("http")) {
            return new Outcome.Foreign();
        }
        if (proxies.isEmpty()) {
            return new Outcome.Unchanged();
        }
        if (!keys.canGrow()) {
            return new Outcome.Unsuitable("it is no plain map of one document, nothing can be appended to it");
        }
        String lineEnd = lineEnd(text);
        String gap = text.isEmpty() ? "" : text.endsWith("\n") ? lineEnd : lineEnd + lineEnd;
        return new Outcome.Written(text + gap + block(proxies, keys.indentation(), lineEnd));
    }

    /**
     * Brings {@code configuration.yaml} of that folder up to date; the old file is kept beside it first. Both have owner and
     * mode of the old one. A symbolic link is followed inside of the folder only: whoever may write there must not choose
     * which file of the Supervisor's is read or replaced.
     *
     * @throws UncheckedIOException names the file; it holds what it held
     */
    static Outcome ensure(Path folder, List<String> proxies) {
        Path named = folder.resolve("configuration.yaml");
        Path file;
        try {
            file = named.toRealPath();
            if (!file.startsWith(folder.toRealPath())) {
                return new Outcome.Unsuitable("it is a symbolic link that leads out of its folder");
            }
        } catch (IOException e) {
            return new Outcome.Unsuitable("it is not there, or a symbolic link that leads nowhere");
        }
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
                return new Outcome.Unsuitable("it is no file of at most 16 MiB");
            }
            byte[] before = read(file);
            Outcome outcome = decide(new String(before, StandardCharsets.ISO_8859_1), proxies);
            if (outcome instanceof Outcome.Written(String text)) {
                AtomicWrite.writeLike(file, folder.resolve(BACKUP), before);
                AtomicWrite.writeLike(file, file, text.getBytes(StandardCharsets.ISO_8859_1));
            }
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + named, e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return stream.readAllBytes();
        }
    }

    private static String block(List<String> proxies, int indentation, String lineEnd) {
        StringBuilder block = new StringBuilder();
        String margin = " ".repeat(indentation);
        block.append(margin).append(BEGIN).append(lineEnd);
        block.append(margin).append("http:").append(lineEnd);
        block.append(margin).append("  use_x_forwarded_for: true").append(lineEnd);
        block.append(margin).append("  trusted_proxies:").append(lineEnd);
        for (String proxy : proxies) {
            block.append(margin).append("    - ").append(proxy).append(lineEnd);
        }
        return block.append(margin).append(END).append(lineEnd).toString();
    }

    private static String lineEnd(String text) {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }
}
