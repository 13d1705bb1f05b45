package hakube.logs;

import java.util.Map;

/** Whose log. */
public sealed interface LogSource {

    /** Upstream's name in verbose lines, such as {@code homeassistant} or {@code addon_<slug>}. */
    String identifier();

    /**
     * That of a workload, from one pod to the next.
     *
     * @param labels that the workload's pods carry
     * @param container the main container, never a side-car
     */
    record Workload(String identifier, Map<String, String> labels, String container) implements LogSource {

        public Workload {
            labels = Map.copyOf(labels);
        }
    }

    /** That of this process: its container's, or its own recent lines where there is none or it cannot be read. */
    record Own() implements LogSource {

        @Override
        public String identifier() {
            return "hassio_supervisor";
        }
    }

    /**
     * That of something which a cluster does not have: one line that says so, since the log page shows anything but 200 as a
     * failure of the whole page.
     *
     * @param subject such as {@code The DNS plug-in}
     */
    record Absent(String subject) implements LogSource {

        @Override
        public String identifier() {
            return "hakube";
        }
    }

    /** That of nobody: no entries. */
    record Nobody(String identifier) implements LogSource {}
}
