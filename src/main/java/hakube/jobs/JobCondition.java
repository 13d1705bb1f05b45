package hakube.jobs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What must be the case before a job begins (upstream {@code supervisor/jobs/const.py}, {@code JobCondition}, 2026-08). */
public enum JobCondition {
    AUTO_UPDATE,
    FREE_SPACE,
    FROZEN,
    HAOS,
    HEALTHY,
    HOME_ASSISTANT_CORE_SUPPORTED,
    HOST_NETWORK,
    INTERNET_HOST,
    INTERNET_SYSTEM,
    MOUNT_AVAILABLE,
    OS_AGENT,
    OS_SUPPORTED,
    PLUGINS_UPDATED,
    RUNNING,
    SUPERVISOR_UPDATED,
    ARCHITECTURE_SUPPORTED;

    /** The word on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words, in upstream's order. */
    static List<String> words() {
        return Stream.of(values()).map(JobCondition::wire).toList();
    }

    /** The condition of that word. */
    static Optional<JobCondition> of(String word) {
        return Stream.of(values())
                .filter(condition -> condition.wire().equals(word))
                .findFirst();
    }
}
