package hakube.resolution;

import hakube.jobs.Condition;
import hakube.jobs.JobCondition;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Whether the shared claim has room (upstream {@code supervisor/resolution/checks/free_space.py}, 2026-08). */
@Singleton
final class FreeSpace implements Check, Condition {

    private static final Logger LOG = Logger.getLogger(FreeSpace.class.getName());
    private static final String ISSUE = "free_space";
    private static final String CONTEXT = "system";
    /** Gigabytes. */
    private static final double LEAST = 2;

    private static final double GIGABYTE = 1 << 30;

    /** Asks the file system. */
    interface Gauge {
        long bytes() throws IOException;
    }

    private final Gauge gauge;
    private final Issues issues;

    @Inject
    FreeSpace(Folders folders, Issues issues) {
        this(() -> Files.getFileStore(folders.root()).getUsableSpace(), issues);
    }

    FreeSpace(Gauge gauge, Issues issues) {
        this.gauge = gauge;
        this.issues = issues;
    }

    @Override
    public String slug() {
        return ISSUE;
    }

    @Override
    public String type() {
        return ISSUE;
    }

    @Override
    public String context() {
        return CONTEXT;
    }

    @Override
    public List<Finding> find() {
        OptionalDouble free = gigabytes();
        return free.isPresent() && free.getAsDouble() <= LEAST ? List.of(finding(free.getAsDouble())) : List.of();
    }

    @Override
    public boolean isStillTrue(Issue issue) {
        return !find().isEmpty();
    }

    @Override
    public JobCondition which() {
        return JobCondition.FREE_SPACE;
    }

    /** What stands in the way becomes an issue as well. */
    @Override
    public Optional<String> obstacle() {
        OptionalDouble free = gigabytes();
        if (free.isEmpty() || free.getAsDouble() >= LEAST) {
            return Optional.empty();
        }
        issues.report(finding(free.getAsDouble()));
        return Optional.of("not enough free space (" + free.getAsDouble() + "GB) left on the device");
    }

    private static Finding finding(double free) {
        return new Finding(
                ISSUE,
                CONTEXT,
                Optional.empty(),
                Map.of(),
                List.of(),
                "only " + free + " GB are free on the shared claim");
    }

    /** One decimal; empty when the file system does not say, which is another check's matter. */
    private OptionalDouble gigabytes() {
        try {
            return OptionalDouble.of(Math.round(gauge.bytes() / GIGABYTE * 10) / 10.0);
        } catch (IOException e) {
            LOG.log(Level.FINE, "How much room there is is not known", e);
            return OptionalDouble.empty();
        }
    }
}
