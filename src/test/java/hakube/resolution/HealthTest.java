package hakube.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final Events events = new Events();
    private final List<SupervisorEvent> told = new ArrayList<>();
    private Optional<String> complaint = Optional.empty();
    private final Health health =
            new Health(events, () -> Stream.of(broken(), evaluation("home_assistant_core_version")));

    HealthTest() {
        events.listen(told::add);
    }

    @Test
    void aReasonComesAndGoesWithItsEvaluationAndIsToldOnce() {
        health.evaluate();
        assertEquals(List.of(), health.unsupported());

        complaint = Optional.of("too old");
        health.evaluate();
        health.evaluate();
        assertEquals(List.of("home_assistant_core_version"), health.unsupported());
        assertEquals(List.of(new SupervisorEvent.SupportedChanged(List.of("home_assistant_core_version"))), told);

        complaint = Optional.empty();
        health.evaluate();
        assertEquals(List.of(), health.unsupported());
        assertEquals(new SupervisorEvent.SupportedChanged(List.of()), told.getLast());
    }

    @Test
    void ignoredConditionsOfJobsAreAReason() {
        complaint = Optional.of("too old");
        health.evaluate();
        events.fire(new SupervisorEvent.JobConditionsIgnored(List.of("healthy")));
        assertEquals(List.of("home_assistant_core_version", "job_conditions"), health.unsupported());

        events.fire(new SupervisorEvent.JobConditionsIgnored(List.of()));
        assertEquals(List.of("home_assistant_core_version"), health.unsupported());
    }

    @Test
    void anIllnessStaysAndIsToldOnce() {
        health.complain("setup", "the start failed");
        health.complain("oserror_bad_message", "the share is damaged");
        health.complain("setup", "the start failed");
        health.evaluate();
        assertEquals(List.of("oserror_bad_message", "setup"), health.unhealthy());
        assertEquals(
                List.of(
                        new SupervisorEvent.HealthChanged(List.of("setup")),
                        new SupervisorEvent.HealthChanged(List.of("oserror_bad_message", "setup"))),
                told);
    }

    @Test
    void theConditionsOfJobsKnow() {
        HealthyCondition healthy = new HealthyCondition(health);
        CoreSupportedCondition supported = new CoreSupportedCondition(health);
        assertEquals(Optional.empty(), healthy.obstacle());
        assertEquals(Optional.empty(), supported.obstacle());

        health.complain("setup", "");
        health.complain("oserror_bad_message", "");
        complaint = Optional.of("too old");
        health.evaluate();

        assertEquals(Optional.of("system is not healthy - oserror_bad_message, setup"), healthy.obstacle());
        assertEquals(Optional.of("unsupported Home Assistant Core version"), supported.obstacle());
    }

    private Evaluation evaluation(String reason) {
        return new Evaluation() {
            @Override
            public String reason() {
                return reason;
            }

            @Override
            public Optional<String> complaint() {
                return complaint;
            }
        };
    }

    private static Evaluation broken() {
        return new Evaluation() {
            @Override
            public String reason() {
                return "supervisor_version";
            }

            @Override
            public Optional<String> complaint() {
                throw new IllegalStateException("no");
            }
        };
    }
}
