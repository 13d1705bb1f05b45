package hakube.state;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Options of the Supervisor as {@code config.json} keeps them (upstream {@code supervisor/validate.py}; {@code channel} and
 * {@code auto_update} are in its {@code updater.json}). What a file has that is none of the possible values is at its default.
 *
 * @param timezone IANA zone, which workloads get as {@code TZ} at their next start
 * @param logging one of {@link #LOG_LEVELS}
 * @param diagnostics null until somebody was asked; nothing is ever sent
 * @param autoUpdate kept for clients; nobody but the cluster's owner updates the Supervisor
 * @param detectBlockingIo kept for clients, since there is no event loop to block
 * @param country ISO 3166 code as Core reports it, null when unknown
 * @param waitBoot seconds that a boot phase takes at least
 * @param featureFlags all that there are, by their wire words
 * @param booting a boot has begun and not come to its end, so that a crash on the way is no end of it; not upstream's
 */
public record SupervisorOptions(
        String timezone,
        String channel,
        String logging,
        boolean debug,
        @JsonbProperty("debug_block") boolean debugBlock,
        Boolean diagnostics,
        @JsonbProperty("auto_update") boolean autoUpdate,
        @JsonbProperty("detect_blocking_io") boolean detectBlockingIo,
        String country,
        @JsonbProperty("wait_boot") int waitBoot,
        @JsonbProperty("feature_flags") Map<String, Boolean> featureFlags,
        boolean booting) {

    public static final List<String> CHANNELS = List.of("stable", "beta", "dev");
    public static final List<String> LOG_LEVELS = List.of("debug", "info", "warning", "error", "critical");
    public static final int SHORTEST_WAIT = 1;
    public static final int LONGEST_WAIT = 60;

    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
    private static final int USUAL_WAIT = 5;

    /** What a new installation has. */
    public static SupervisorOptions initial(String logLevel) {
        return new SupervisorOptions(
                "UTC", "stable", logLevel, false, false, null, false, false, null, USUAL_WAIT, Map.of(), false);
    }

    public SupervisorOptions {
        timezone = isZone(timezone) ? timezone : "UTC";
        channel = CHANNELS.contains(channel == null ? "" : channel) ? channel : "stable";
        logging = LOG_LEVELS.contains(logging == null ? "" : logging) ? logging : "info";
        waitBoot = waitBoot < SHORTEST_WAIT || waitBoot > LONGEST_WAIT ? USUAL_WAIT : waitBoot;
        featureFlags = all(featureFlags == null ? Map.of() : featureFlags);
    }

    /** Whether the tz database has such a zone. */
    public static boolean isZone(String name) {
        return name != null && ZONES.contains(name);
    }

    /** Whether a feature is on. */
    public boolean has(FeatureFlag feature) {
        return featureFlags.get(feature.wire());
    }

    /** The same at the begin or the end of a boot. */
    public SupervisorOptions withBooting(boolean begun) {
        return new SupervisorOptions(
                timezone,
                channel,
                logging,
                debug,
                debugBlock,
                diagnostics,
                autoUpdate,
                detectBlockingIo,
                country,
                waitBoot,
                featureFlags,
                begun);
    }

    private static Map<String, Boolean> all(Map<String, Boolean> some) {
        Map<String, Boolean> all = new TreeMap<>();
        FeatureFlag.words().forEach(word -> all.put(word, Boolean.TRUE.equals(some.get(word))));
        return Collections.unmodifiableMap(all);
    }
}
