package hakube.config;

import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The levels that users know; source: upstream's log levels. */
public enum LogLevel {
    DEBUG(500),
    INFO(800),
    WARNING(900),
    ERROR(1000),
    CRITICAL(1100);

    // Held here since java.util.logging forgets the level of a logger that nobody holds.
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("hakube");

    private final int threshold;

    LogLevel(int threshold) {
        this.threshold = threshold;
    }

    /** @param name as users write it, such as {@code warning} */
    public static LogLevel of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** From now on nothing below this level is logged; libraries stay at {@code info} when it is {@code debug}. */
    public void apply() {
        // A level above SEVERE, which critical needs, has only a number.
        Level level = Level.parse(String.valueOf(threshold));
        OURS.setLevel(level);
        ROOT.setLevel(this == DEBUG ? Level.INFO : level);
    }

    /** The word for a level of {@code java.util.logging}. */
    static LogLevel of(Level level) {
        int value = level.intValue();
        if (value > Level.SEVERE.intValue()) {
            return CRITICAL;
        }
        if (value >= Level.SEVERE.intValue()) {
            return ERROR;
        }
        if (value >= Level.WARNING.intValue()) {
            return WARNING;
        }
        return value >= Level.INFO.intValue() ? INFO : DEBUG;
    }
}
