package hakube.state;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Map;

/**
 * Options of the Supervisor as {@code config.json} keeps them (upstream {@code supervisor/validate.py}).
 *
 * @param waitBoot seconds that a boot phase takes at least
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

    /** What a new installation has. */
    public static SupervisorOptions initial(String logLevel) {
        return new SupervisorOptions(
                "UTC", "stable", logLevel, false, false, null, false, false, null, 5, Map.of(), false);
    }

    public SupervisorOptions {
        timezone = timezone == null ? "UTC" : timezone;
        channel = channel == null ? "stable" : channel;
        logging = logging == null ? "info" : logging;
        featureFlags = featureFlags == null ? Map.of() : Map.copyOf(featureFlags);
    }

    /** The same with another time zone and country, as Core reports them. */
    public SupervisorOptions withPlace(String newTimezone, String newCountry) {
        return new SupervisorOptions(
                newTimezone,
                channel,
                logging,
                debug,
                debugBlock,
                diagnostics,
                autoUpdate,
                detectBlockingIo,
                newCountry,
                waitBoot,
                featureFlags,
                booting);
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
}
