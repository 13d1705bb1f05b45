package hakube.backups;

import hakube.api.Json;
import hakube.core.CoreOptions;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code homeassistant.json} of a backup: Core's options in upstream's words (upstream {@code supervisor/homeassistant/validate.py},
 * 2026-08). The refresh token is not in it, since an absent one leaves a reader's own, and Core hands over another at its next start.
 * Pure.
 */
final class CoreNote {

    private CoreNote() {}

    static byte[] of(CoreOptions options) {
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("version", options.version());
        note.put("image", options.installedImage());
        note.put("boot", options.boot());
        note.put("port", options.port());
        note.put("ssl", options.ssl());
        note.put("watchdog", options.watchdog());
        note.put("audio_output", options.audioOutput());
        note.put("audio_input", options.audioInput());
        note.put("backups_exclude_database", options.backupsExcludeDatabase());
        note.put("duplicate_log_file", options.duplicateLogFile());
        note.put("override_image", options.overrideImage());
        return Json.file().toJson(note).getBytes(StandardCharsets.UTF_8);
    }
}
