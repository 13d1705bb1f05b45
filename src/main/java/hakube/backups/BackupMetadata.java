package hakube.backups;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code backup.json} says of the archive around it (upstream {@code supervisor/backups/validate.py}, {@code SCHEMA_BACKUP},
 * 2026-08). It is kept for every backup there is, so no JSON is: that would take many times the memory of its text.
 *
 * @param slug by which everybody knows the backup, whatever its file is called
 * @param version 1 or 2
 * @param date as the writer put it
 * @param isCompressed whether the parts are {@code .tar.gz}, not {@code .tar}
 * @param isProtected whether it takes a password to read the parts; how they are encrypted, each of them says itself
 * @param core what it has of Home Assistant Core, if anything
 * @param repositories as a user names them
 * @param extra whatever the client that asked for the backup noted: the text of a JSON object
 * @param others {@link JsonDigest} of {@code extra} and of the keys that are not known
 */
record BackupMetadata(
        String slug,
        int version,
        BackupType type,
        String name,
        String date,
        String supervisorVersion,
        boolean isCompressed,
        boolean isProtected,
        Optional<CorePart> core,
        List<AppPart> apps,
        List<String> folders,
        List<String> repositories,
        String extra,
        String others) {

    /** Of a text without its characters, with its share in the list or record that holds it; in octets. */
    private static final int ONE_TEXT = 64;

    BackupMetadata {
        apps = List.copyOf(apps);
        folders = List.copyOf(folders);
        repositories = List.copyOf(repositories);
    }

    /**
     * Home Assistant Core's configuration.
     *
     * @param excludesDatabase whether the recorder's database was left out
     * @param size in megabytes, 0 where the writer did not measure it
     */
    record CorePart(String version, boolean excludesDatabase, double size) {}

    /**
     * An app's data.
     *
     * @param slug the full one
     * @param size in megabytes, 0 where the writer did not measure it
     */
    record AppPart(String slug, String name, String version, double size) {}

    /** Whether both are of one backup: they agree in all but how it is protected, since a copy may be encrypted in another way. */
    boolean isOfSameBackupAs(BackupMetadata other) {
        return unprotected().equals(other.unprotected());
    }

    /** What it takes in memory at most, in octets. */
    int weight() {
        Stream<String> own = Stream.of(slug, name, date, supervisorVersion, extra, others);
        Stream<String> ofCore = core.stream().map(CorePart::version);
        Stream<String> ofApps = apps.stream().flatMap(app -> Stream.of(app.slug(), app.name(), app.version()));
        return Stream.of(own, ofCore, ofApps, folders.stream(), repositories.stream())
                .flatMap(texts -> texts)
                .mapToInt(text -> ONE_TEXT + Character.BYTES * text.length())
                .sum();
    }

    /** The digest speaks for {@code extra}, whose keys may come in another order. */
    private BackupMetadata unprotected() {
        return new BackupMetadata(
                slug,
                version,
                type,
                name,
                date,
                supervisorVersion,
                isCompressed,
                false,
                core,
                apps,
                folders,
                repositories,
                "",
                others);
    }
}
