package hakube.supervisor;

import hakube.api.ApiVersion;
import hakube.api.Body;
import hakube.state.FeatureFlag;
import hakube.state.SupervisorOptions;
import hakube.store.RepositorySource;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What {@code POST /supervisor/options} asks for (upstream {@code supervisor/api/supervisor.py}, {@code SCHEMA_OPTIONS} and
 * {@code SCHEMA_OPTIONS_V1}, 2026-08); what is empty stays as it is.
 *
 * @param clearsCountry whether the country is {@code null}, which a Core that knows none sends
 * @param detectBlockingIo {@code off}, {@code on} for this run of the process, or {@code on-at-startup}
 * @param waitBoot seconds, of version 1 only
 * @param repositories of version 1 only
 */
record OptionsForm(
        Optional<String> channel,
        Optional<String> timezone,
        Optional<String> logging,
        Optional<Boolean> debug,
        Optional<Boolean> debugBlock,
        Optional<Boolean> diagnostics,
        Optional<Boolean> autoUpdate,
        Optional<String> detectBlockingIo,
        Optional<String> country,
        boolean clearsCountry,
        Map<String, Boolean> featureFlags,
        OptionalInt waitBoot,
        Optional<List<String>> repositories) {

    static final String OFF = "off";
    static final String ON = "on";
    static final String ON_AT_STARTUP = "on-at-startup";

    private static final String NO_ZONE = "Invalid time zone passed in. Valid options can be found here: "
            + "http://en.wikipedia.org/wiki/List_of_tz_database_time_zones";

    /**
     * Reads a body; one of version 2 has neither {@code wait_boot} nor {@code addons_repositories}.
     *
     * @throws hakube.api.ApiFailure.BadRequest with every fault
     */
    static OptionsForm of(String text, ApiVersion version) {
        Body body = Body.of(text);
        return switch (version) {
            case V1 ->
                read(
                        body,
                        body.number("wait_boot", SupervisorOptions.SHORTEST_WAIT, SupervisorOptions.LONGEST_WAIT),
                        body.distinctTexts("addons_repositories", RepositorySource::faultOf));
            case V2 -> read(body, OptionalInt.empty(), Optional.empty());
        };
    }

    private static OptionsForm read(Body body, OptionalInt waitBoot, Optional<List<String>> repositories) {
        boolean clearsCountry =
                body.any("country").filter(JsonValue.NULL::equals).isPresent();
        OptionsForm form = new OptionsForm(
                body.oneOf("channel", "UpdateChannel", SupervisorOptions.CHANNELS),
                body.text("timezone", SupervisorOptions::isZone, NO_ZONE),
                body.oneOf("logging", "LogLevel", SupervisorOptions.LOG_LEVELS),
                body.lenientBool("debug"),
                body.lenientBool("debug_block"),
                body.lenientBool("diagnostics"),
                body.lenientBool("auto_update"),
                body.oneOf("detect_blocking_io", "DetectBlockingIO", List.of(OFF, ON, ON_AT_STARTUP)),
                clearsCountry ? Optional.empty() : body.text("country"),
                clearsCountry,
                body.switches("feature_flags", "FeatureFlag", FeatureFlag.words()),
                waitBoot,
                repositories);
        body.check();
        return form;
    }

    /** The options with what is asked for. */
    SupervisorOptions applyTo(SupervisorOptions before) {
        Map<String, Boolean> flags = new TreeMap<>(before.featureFlags());
        flags.putAll(featureFlags);
        return new SupervisorOptions(
                timezone.orElse(before.timezone()),
                channel.orElse(before.channel()),
                logging.orElse(before.logging()),
                debug.orElse(before.debug()),
                debugBlock.orElse(before.debugBlock()),
                diagnostics.or(() -> Optional.ofNullable(before.diagnostics())).orElse(null),
                autoUpdate.orElse(before.autoUpdate()),
                detectBlockingIo
                        .filter(choice -> !choice.equals(ON))
                        .map(ON_AT_STARTUP::equals)
                        .orElse(before.detectBlockingIo()),
                clearsCountry ? null : country.orElse(before.country()),
                waitBoot.orElse(before.waitBoot()),
                flags,
                before.booting());
    }
}
