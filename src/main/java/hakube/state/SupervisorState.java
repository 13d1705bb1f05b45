package hakube.state;

import java.util.Locale;

/** States of the Supervisor (upstream {@code supervisor/const.py}, {@code CoreState}, 2026-08). */
public enum SupervisorState {
    INITIALIZE,
    SETUP,
    STARTUP,
    RUNNING,
    FREEZE,
    SHUTDOWN,
    STOPPING,
    CLOSE;

    /** Whether the API answers; in every other state each path gets 400. */
    public boolean servesApi() {
        return this == STARTUP || this == RUNNING || this == FREEZE;
    }

    /** The word on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
