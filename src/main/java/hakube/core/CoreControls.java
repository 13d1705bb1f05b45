package hakube.core;

import hakube.api.ApiFailure;
import hakube.api.Body;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the routes of Core do, for {@code /core} and {@code /homeassistant} alike: check the body, then do it. */
@Singleton
final class CoreControls {

    private static final Pattern IMAGE = Pattern.compile("^[a-z0-9][a-zA-Z0-9.\\-_:/{}]*$");
    private static final Pattern VERSION = Pattern.compile("^[0-9A-Za-z][0-9A-Za-z._+-]*$");
    private static final int HIGHEST_PORT = 65535;

    private final Core core;

    @Inject
    CoreControls(Core core) {
        this.core = core;
    }

    void options(String text) {
        Body body = Body.of(text);
        Optional<Boolean> boot = body.lenientBool("boot");
        boolean hasImage = body.has("image");
        Optional<String> image = body.nullableText("image", IMAGE);
        var port = body.number("port", 1, HIGHEST_PORT);
        Optional<Boolean> ssl = body.lenientBool("ssl");
        Optional<Boolean> watchdog = body.lenientBool("watchdog");
        body.nullableText("refresh_token");
        boolean hasOutput = body.has("audio_output");
        Optional<String> output = body.nullableText("audio_output");
        boolean hasInput = body.has("audio_input");
        Optional<String> input = body.nullableText("audio_input");
        Optional<Boolean> excludes = body.lenientBool("backups_exclude_database");
        Optional<Boolean> duplicates = body.lenientBool("duplicate_log_file");
        body.check();
        core.change(known -> new CoreOptions(
                known.version(),
                hasImage ? image.orElse(null) : known.image(),
                hasImage ? image.isPresent() : known.overrideImage(),
                boot.orElse(known.boot()),
                port.orElse(known.port()),
                ssl.orElse(known.ssl()),
                watchdog.orElse(known.watchdog()),
                hasInput ? input.orElse(null) : known.audioInput(),
                hasOutput ? output.orElse(null) : known.audioOutput(),
                excludes.orElse(known.backupsExcludeDatabase()),
                duplicates.orElse(known.duplicateLogFile())));
    }

    void start() {
        core.start();
    }

    void stop(String text) {
        Body body = Body.of(text);
        body.lenientBool("force");
        body.check();
        core.stop();
    }

    void restart(String text) {
        core.restart(safeMode(text));
    }

    void rebuild(String text) {
        core.rebuild(safeMode(text));
    }

    void update(String text) {
        Body body = Body.of(text);
        Optional<String> version = body.text("version", VERSION);
        Optional<Boolean> backup = body.bool("backup");
        Optional<Boolean> background = body.bool("background");
        body.check();
        if (backup.orElse(false) || background.orElse(false)) {
            throw ApiFailure.Unavailable.notReady("An update with a backup, or in the background,");
        }
        core.update(version);
    }

    private static boolean safeMode(String text) {
        Body body = Body.of(text);
        boolean safe = body.lenientBool("safe_mode").orElse(false);
        body.lenientBool("force");
        body.check();
        return safe;
    }
}
