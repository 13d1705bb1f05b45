package hakube.logs;

import hakube.config.LogLine;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what this process has logged of late, for where its container's log cannot be read. */
@Singleton
final class OwnLines extends Handler {

    private final RecentEntries recent = new RecentEntries();
    private final LogLine form = new LogLine();

    RecentEntries recent() {
        return recent;
    }

    void begin(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) @Initialized(ApplicationScoped.class)
                    Object ready) {
        Logger.getLogger("").addHandler(this);
    }

    @PreDestroy
    void end() {
        Logger.getLogger("").removeHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            form.format(record).lines().forEach(line -> recent.add(record.getInstant(), line));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
