package hakube.core;

import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.ports.ExternalPort;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a restore takes from the {@code homeassistant.json} of a backup (upstream {@code supervisor/homeassistant/module.py},
 * {@code restore}, 2026-08): all else there belongs to the installation that it came from.
 *
 * @param port empty where the file does not say, as the other values that are optional
 * @param hasRefreshToken whether the file says anything of it
 */
public record RestoredSettings(
        OptionalInt port,
        Optional<Boolean> ssl,
        Optional<Boolean> watchdog,
        Optional<Audio> audio,
        boolean hasRefreshToken,
        Optional<String> refreshToken) {

    /** Of a backup of old, which has no such file. */
    public static final RestoredSettings NONE = new RestoredSettings(
            OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());

    /** What Core hears and speaks with. */
    record Audio(Optional<String> input, Optional<String> output) {}

    /** @throws ApiFailure.BadRequest {@code Can't validate backup data: …} */
    public static RestoredSettings read(String text) {
        try {
            Body body = Body.ofSecrets(text);
            OptionalInt port = body.number("port", 1, ExternalPort.HIGHEST);
            Optional<Boolean> ssl = body.lenientBool("ssl");
            Optional<Boolean> watchdog = body.lenientBool("watchdog");
            boolean hasAudio = body.has("audio_input") || body.has("audio_output");
            Audio audio = new Audio(body.nullableText("audio_input"), body.nullableText("audio_output"));
            boolean hasToken = body.has("refresh_token");
            Optional<String> token = body.nullableText("refresh_token");
            body.withAnyOthers().check();
            return new RestoredSettings(
                    port, ssl, watchdog, hasAudio ? Optional.of(audio) : Optional.empty(), hasToken, token);
        } catch (ApiFailure.BadRequest fault) {
            throw new ApiFailure.BadRequest("Can't validate backup data: " + fault.getMessage(), fault);
        }
    }

    /** These options with what the backup says. */
    CoreOptions over(CoreOptions known) {
        return new CoreOptions(
                known.version(),
                known.image(),
                known.overrideImage(),
                known.installedImage(),
                known.boot(),
                port.orElse(known.port()),
                ssl.orElse(known.ssl()),
                watchdog.orElse(known.watchdog()),
                audio.flatMap(Audio::input).orElse(known.audioInput()),
                audio.flatMap(Audio::output).orElse(known.audioOutput()),
                known.backupsExcludeDatabase(),
                known.duplicateLogFile());
    }

    /** Names no token. */
    @Override
    public String toString() {
        return "RestoredSettings of port " + port;
    }
}
