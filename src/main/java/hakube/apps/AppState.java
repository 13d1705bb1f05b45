package hakube.apps;

import java.util.Locale;

/** States of an app (upstream {@code supervisor/const.py}, {@code AppState}). */
public enum AppState {
    UNKNOWN,
    STOPPED,
    STARTUP,
    STARTED,
    ERROR;

    /** The word on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
