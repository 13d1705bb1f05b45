package hakube.core;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * What {@code homeassistant.json} keeps (upstream {@code supervisor/homeassistant/validate.py}, 2026-08; its tokens are in
 * Secrets here).
 *
 * @param version the installed one, null before the first installation
 * @param image without tag, null before the first installation
 * @param overrideImage whether the user chose the image
 * @param boot whether Core is started at a boot
 * @param port where Core listens, as it reported last
 */
public record CoreOptions(
        String version,
        String image,
        @JsonbProperty("override_image") Boolean overrideImage,
        Boolean boot,
        Integer port,
        Boolean ssl,
        Boolean watchdog,
        @JsonbProperty("audio_input") String audioInput,
        @JsonbProperty("audio_output") String audioOutput,
        @JsonbProperty("backups_exclude_database") Boolean backupsExcludeDatabase,
        @JsonbProperty("duplicate_log_file") Boolean duplicateLogFile) {

    /** Core is told to listen here unless its own configuration says otherwise. */
    static final int DEFAULT_PORT = 8123;

    /** A new installation. */
    static final CoreOptions INITIAL =
            new CoreOptions(null, null, null, null, null, null, null, null, null, null, null);

    public CoreOptions {
        overrideImage = Boolean.TRUE.equals(overrideImage);
        boot = !Boolean.FALSE.equals(boot);
        port = port == null ? Integer.valueOf(DEFAULT_PORT) : port;
        ssl = Boolean.TRUE.equals(ssl);
        watchdog = !Boolean.FALSE.equals(watchdog);
        backupsExcludeDatabase = Boolean.TRUE.equals(backupsExcludeDatabase);
        duplicateLogFile = Boolean.TRUE.equals(duplicateLogFile);
    }

    /** The same with another image and version. */
    CoreOptions withVersion(String newVersion, String newImage) {
        return new CoreOptions(
                newVersion,
                newImage,
                overrideImage,
                boot,
                port,
                ssl,
                watchdog,
                audioInput,
                audioOutput,
                backupsExcludeDatabase,
                duplicateLogFile);
    }
}
