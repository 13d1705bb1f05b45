package hakube.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.jobs.Jobs;
import hakube.storage.Folders;
import hakube.testing.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCheckTest {

    @TempDir
    private Path share;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Issues issues;
    private HealthCheck healthCheck;

    /** Waits in the middle of its work. */
    private final Check slow = new SampleCheck("slow") {
        @Override
        public List<Finding> find() {
            reached.countDown();
            try {
                goOn.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of(Finding.of("slow", "addon", "local_a", List.of(), "for a test"));
        }
    };

    @BeforeEach
    void open() {
        Events events = new Events();
        Folders folders = new Folders(share);
        Fixups fixups = new Fixups(Stream::of);
        issues = new Issues(events, fixups);
        Health health = new Health(events, Stream::of);
        healthCheck = new HealthCheck(
                new Checks(() -> Stream.of(slow), issues, folders, events),
                health,
                new Repairs(issues, fixups, new Jobs(folders, events)),
                new ShareProbe(folders, issues, health),
                Duration.ofMillis(50));
    }

    @AfterEach
    void end() {
        goOn.countDown();
        healthCheck.end();
    }

    @Test
    void itBeginsByItself() {
        goOn.countDown();
        healthCheck.begin();
        Eventually.holds("something is found", () -> !issues.open().isEmpty());
        assertEquals("slow", issues.open().getFirst().type());
    }

    @Test
    void oneRunsAtATimeAndNobodyWaitsForEver() throws InterruptedException {
        issues.report("slow", "addon", "local_b", Map.of(), List.of(), "not true any more");
        healthCheck.begin();
        assertTrue(reached.await(20, TimeUnit.SECONDS));

        ApiFailure busy = assertThrows(ApiFailure.BadRequest.class, healthCheck::run);
        assertEquals("Another job is running", busy.getMessage());
        healthCheck.runIfFree();
        assertEquals(0, issues.open().size(), "the first one is still at it");
    }
}
