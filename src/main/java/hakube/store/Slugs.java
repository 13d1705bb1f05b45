package hakube.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names by which repositories and apps are known; upstream's {@code store/utils.py}, 2026-08. */
public final class Slugs {

    private static final Pattern HASHED = Pattern.compile("[0-9a-f]{8}.*", Pattern.DOTALL);

    private Slugs() {}

    /** Eight hex digits from the whole source, branch included; {@code local} and {@code core} keep their names. */
    public static String ofRepository(String source) {
        if (source.equals("local") || source.equals("core")) {
            return source;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest(source.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }

    /** The slug of a cloned folder: its first eight characters when they are hex digits, else the hash of its name. */
    public static String ofFolder(String folder) {
        return HASHED.matcher(folder).matches() ? folder.substring(0, 8) : ofRepository(folder);
    }

    /** {@code <repository>_<app>}, letter case kept. */
    public static String full(String repository, String app) {
        return repository + "_" + app;
    }
}
