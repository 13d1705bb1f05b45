package hakube.logs;

import java.util.Map;

/**
 * Whose log.
 *
 * @param identifier upstream's name in verbose lines, such as {@code homeassistant} or {@code addon_<slug>}
 * @param labels that the workload's pods carry
 * @param container the main container, never a side-car
 */
public record LogSource(String identifier, Map<String, String> labels, String container) {

    public LogSource {
        labels = Map.copyOf(labels);
    }
}
