package hakube.core;

import hakube.api.Body;
import hakube.ports.ExternalPort;
import hakube.versions.Channel;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the routes of Core do, for {@code /core} and {@code /homeassistant} alike: check the body, then do it. */
@Singleton
final class CoreControls {

    /** Without a tag: the version is one. */
    private static final Pattern IMAGE = Pattern.compile(
            "^(?=.{1,255}$)([a-zA-Z0-9.-]{1,253}(:[0-9]{1,5})?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$");

    /** What can be the tag of an image. */
    private static final Pattern VERSION = Pattern.compile("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$");

    private final Core core;
    private final Channel channel;
    private final CoreLinkObjects link;

    @Inject
    CoreControls(Core core, Channel channel, CoreLinkObjects link) {
        this.core = core;
        this.channel = channel;
        this.link = link;
    }

    void options(String text) {
        Body body = Body.of(text);
        Optional<Boolean> boot = body.lenientBool("boot");
        boolean hasImage = body.has("image");
        Optional<String> image = body.nullableText("image", IMAGE);
        var port = body.number("port", 1, ExternalPort.HIGHEST);
        Optional<Boolean> ssl = body.lenientBool("ssl");
        Optional<Boolean> watchdog = body.lenientBool("watchdog");
        boolean hasRefreshToken = body.has("refresh_token");
        Optional<String> refreshToken = body.nullableText("refresh_token");
        boolean hasOutput = body.has("audio_output");
        Optional<String> output = body.nullableText("audio_output");
        boolean hasInput = body.has("audio_input");
        Optional<String> input = body.nullableText("audio_input");
        Optional<Boolean> excludes = body.lenientBool("backups_exclude_database");
        Optional<Boolean> duplicates = body.lenientBool("duplicate_log_file");
        body.check();
        boolean overrides = image.isPresent() && !image.equals(channel.coreImage());
        core.change(known -> new CoreOptions(
                known.version(),
                hasImage ? image.orElse(null) : known.image(),
                hasImage ? overrides : known.overrideImage(),
                known.installedImage(),
                boot.orElse(known.boot()),
                port.orElse(known.port()),
                ssl.orElse(known.ssl()),
                watchdog.orElse(known.watchdog()),
                hasInput ? input.orElse(null) : known.audioInput(),
                hasOutput ? output.orElse(null) : known.audioOutput(),
                excludes.orElse(known.backupsExcludeDatabase()),
                duplicates.orElse(known.duplicateLogFile())));
        if (hasRefreshToken && core.isInstalled()) {
            link.keepRefreshToken(core.options(), refreshToken);
        }
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

    /** @return data of the answer: {@code job_id} when the work goes on in the background */
    Map<String, String> update(String text) {
        Body body = Body.of(text);
        Optional<String> version = body.nullableText("version", VERSION);
        boolean backup = body.bool("backup").orElse(false);
        boolean background = body.bool("background").orElse(false);
        body.check();
        if (background) {
            return Map.of("job_id", core.updateInBackground(version, backup));
        }
        core.update(version, backup);
        return Map.of();
    }

    void check() {
        core.check();
    }

    private static boolean safeMode(String text) {
        Body body = Body.of(text);
        boolean safe = body.lenientBool("safe_mode").orElse(false);
        body.lenientBool("force");
        body.check();
        return safe;
    }
}
