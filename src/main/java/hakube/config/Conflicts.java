package hakube.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** Settings that are well formed but do not go together, or look like an oversight. */
final class Conflicts {

    private Conflicts() {}

    static List<Fault> among(Values values) {
        List<Fault> faults = new ArrayList<>();
        if (values.find(SupervisorVariables.SERVER_PORT)
                .filter(port -> port != 0)
                .isPresent()) {
            different(faults, values, SupervisorVariables.MANAGEMENT_PORT, SupervisorVariables.SERVER_PORT);
        }
        different(faults, values, CoreVariables.SERVICE, ClusterVariables.SERVICE);
        different(faults, values, GatewayVariables.NAME, ClusterVariables.SERVICE);
        different(faults, values, GatewayVariables.NAME, CoreVariables.SERVICE);
        limitsCoverRequests(faults, values);
        return faults;
    }

    /** Sentences for the log. */
    static List<String> warnings(Config config, Values values) {
        List<String> warnings = new ArrayList<>();
        String machine = values.get(SupervisorVariables.MACHINE);
        if (!Catalogue.MACHINES.contains(machine)) {
            warnings.add(
                    "SUPERVISOR_MACHINE holds \"%s\", which Home Assistant does not know; it is used as it is. Known: %s"
                            .formatted(machine, String.join(", ", new TreeSet<>(Catalogue.MACHINES))));
        }
        unknown(config)
                .forEach(name -> warnings.add(name + " is no setting and has no effect; is it a slip of the pen?"));
        return warnings;
    }

    /** Only this prefix is all ours: plain {@code SUPERVISOR_…} is also what a cluster calls its Service links. */
    private static Set<String> unknown(Config config) {
        Set<String> known = Catalogue.SETTINGS.stream().map(Setting::variable).collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
            if (variable.startsWith("SUPERVISOR_K8S_") && !known.contains(variable)) {
                unknown.add(variable);
            }
        }
        return unknown;
    }

    private static <T> void different(List<Fault> faults, Values values, Setting<T> setting, Setting<T> other) {
        Optional<T> value = values.find(setting);
        if (value.isPresent() && Objects.equals(value, values.find(other))) {
            faults.add(fault(setting, String.valueOf(value.get()), other.variable() + " holds the same"));
        }
    }

    /** Kubernetes refuses a pod that requests more than its limit. */
    private static void limitsCoverRequests(List<Fault> faults, Values values) {
        Map<String, String> limits = values.find(AppVariables.LIMITS).orElse(Map.of());
        values.find(AppVariables.REQUESTS).orElse(Map.of()).forEach((resource, request) -> {
            String limit = limits.get(resource);
            if (limit != null && Amounts.positive(request).compareTo(Amounts.positive(limit)) > 0) {
                faults.add(fault(
                        AppVariables.REQUESTS,
                        "%s: %s".formatted(resource, request),
                        "more than the limit %s of %s".formatted(limit, AppVariables.LIMITS.variable())));
            }
        });
    }

    private static Fault fault(Setting<?> setting, String held, String problem) {
        return new Fault(
                setting.variable(),
                Optional.of(Fault.masked(held)),
                "as read",
                problem,
                setting.rule().allowed(),
                setting.example());
    }
}
