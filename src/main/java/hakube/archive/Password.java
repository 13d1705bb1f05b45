package hakube.archive;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What opens the protected parts of a backup. Its text never reaches a log: {@link #toString} has none. */
public final class Password {

    private final String text;

    private Password(String text) {
        this.text = text;
    }

    /** An empty text is no password (upstream {@code supervisor/backups/backup.py}, 2026-08), and so is null. */
    public static Optional<Password> of(String text) {
        return Optional.ofNullable(text).filter(given -> !given.isEmpty()).map(Password::new);
    }

    byte[] octets() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "a password";
    }
}
