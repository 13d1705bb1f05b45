package hakube.core;

import hakube.ports.ExternalPort;
import jakarta.json.bind.annotation.JsonbProperty;

/**
 * What {@code homeassistant.json} keeps (upstream {@code supervisor/homeassistant/validate.py}, 2026-08; its tokens are in
 * Secrets here).
 *
 * @param version the installed one, null before the first installation
 * @param image without tag, what the next update or rebuild takes; null for the channel's
 * @param overrideImage whether the user chose the image
 * @param installedImage without tag, what the installed version was taken from; null before the first installation
 * @param boot whether Core is started at a boot
 * @param port where Core listens, as it reported last
 */
public record CoreOptions(
        String version,
        String image,
        @JsonbProperty("override_image") Boolean overrideImage,
        @JsonbProperty("installed_image") String installedImage,
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
            new CoreOptions(null, null, null, null, null, null, null, null, null, null, null, null);

    public CoreOptions {
        overrideImage = Boolean.TRUE.equals(overrideImage);
        // A file of upstream has one image only.
        installedImage = installedImage == null && version != null ? image : installedImage;
        boot = !Boolean.FALSE.equals(boot);
        port = port == null || port < 1 || port > ExternalPort.HIGHEST ? Integer.valueOf(DEFAULT_PORT) : port;
        ssl = Boolean.TRUE.equals(ssl);
        watchdog = !Boolean.FALSE.equals(watchdog);
        backupsExcludeDatabase = Boolean.TRUE.equals(backupsExcludeDatabase);
        duplicateLogFile = Boolean.TRUE.equals(duplicateLogFile);
    }

    /** Image and tag that Core runs. */
    String runs() {
        return installedImage + ":" + version;
    }

    /** The same, run from another image and version; an image that the user chose stays the chosen one. */
    CoreOptions withInstalled(String newVersion, String newImage) {
        return new CoreOptions(
                newVersion,
                overrideImage ? image : newImage,
                overrideImage,
                newImage,
                boot,
                port,
                ssl,
                watchdog,
                audioInput,
                audioOutput,
                backupsExcludeDatabase,
                duplicateLogFile);
    }

    /** The same, listening elsewhere. */
    CoreOptions withHttp(int newPort, boolean newSsl) {
        return new CoreOptions(
                version,
                image,
                overrideImage,
                installedImage,
                boot,
                newPort,
                newSsl,
                watchdog,
                audioInput,
                audioOutput,
                backupsExcludeDatabase,
                duplicateLogFile);
    }
}
