package hakube.archive;

/**
 * How the parts of one new backup are encrypted (SecureTar). Which one: upstream writes {@link #v3} when the installed Core is
 * 2026.3.0 or newer, else {@link #v2}, also where there is no Core ({@code supervisor/backups/backup.py}, 2026-08): Core itself opens
 * backups and an older one knows nothing of version 3.
 */
public final class Protection {

    enum Version {
        V2,
        V3
    }

    private final Version version;
    private final Password password;

    private Protection(Version version, Password password) {
        this.version = version;
        this.password = password;
    }

    /** AES-128 in CBC, which has no check of what was changed. */
    public static Protection v2(Password password) {
        return new Protection(Version.V2, password);
    }

    /** XChaCha20-Poly1305 in chunks of 1 MiB, with a key made by Argon2id once for the whole file: some 50 ms and 16 MiB. */
    public static Protection v3(Password password) {
        return new Protection(Version.V3, password);
    }

    Version version() {
        return version;
    }

    Password password() {
        return password;
    }
}
