package hakube.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class tells the log from now on. */
public final class Logged extends Handler implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    /** Held, since loggers are forgotten otherwise. */
    private final Logger logger;

    private Logged(Class<?> by) {
        logger = Logger.getLogger(by.getName());
    }

    /** Listens until it is closed. */
    public static Logged by(Class<?> by) {
        Logged logged = new Logged(by);
        logged.logger.addHandler(logged);
        return logged;
    }

    /** So far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
