package hakube.state;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Features that are not on by default (upstream {@code supervisor/const.py}, {@code FeatureFlag}, 2026-08). */
public enum FeatureFlag {
    /** The routes below {@code /v2}; takes effect at a start. */
    SUPERVISOR_V2_API,
    /** The words of the second version in what is sent to Core. */
    SUPERVISOR_WEBSOCKET_V2_API;

    /** The word on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words of all. */
    public static List<String> words() {
        return Arrays.stream(values()).map(FeatureFlag::wire).toList();
    }
}
