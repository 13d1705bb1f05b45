package hakube.config;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Variables of a start, and what reading them comes to; the process's own environment has no part in it. */
record Given(Map<String, String> variables, Surroundings surroundings) {

    /** The mission's example: everything that has no default, outside of a cluster with an empty kubeconfig. */
    static Given required(Path folder) {
        return new Given(
                Map.of(
                        "SUPERVISOR_SHARE", folder.toString(),
                        "SUPERVISOR_MACHINE", "generic-x86-64",
                        "SUPERVISOR_K8S_STORAGE_MODE", "shared_pvc",
                        "SUPERVISOR_K8S_SHARED_PVC_CLAIM", "ha-shared-rwx",
                        "SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS", "longhorn-rwx",
                        "SUPERVISOR_K8S_SHARED_PVC_SIZE", "50Gi",
                        "SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS", "192.168.100.130"),
                pod(folder));
    }

    /** Nothing but a pod around the process, and not even its files. */
    static Surroundings pod(Path folder) {
        return new Surroundings(
                Map.of("KUBERNETES_SERVICE_HOST", "10.43.0.1"),
                folder.resolve("nobody"),
                folder.resolve("no-namespace"),
                folder.resolve("no-resolver"));
    }

    Given with(String variable, String text) {
        Map<String, String> more = new TreeMap<>(variables);
        more.put(variable, text);
        return new Given(more, surroundings);
    }

    Given with(Map<String, String> others) {
        Map<String, String> more = new TreeMap<>(variables);
        more.putAll(others);
        return new Given(more, surroundings);
    }

    Given without(String variable) {
        Map<String, String> fewer = new TreeMap<>(variables);
        fewer.remove(variable);
        return new Given(fewer, surroundings);
    }

    Given in(Surroundings others) {
        return new Given(variables, others);
    }

    Configuration read() {
        return Reading.read(config(), surroundings);
    }

    Configuration.Read good() {
        Configuration configuration = read();
        return assertInstanceOf(
                Configuration.Read.class,
                configuration,
                () -> configuration instanceof Configuration.Faulty faulty ? faulty.message() : "");
    }

    Configuration.Faulty faulty() {
        return assertInstanceOf(Configuration.Faulty.class, read());
    }

    private Config config() {
        Map<String, String> properties = variables.entrySet().stream()
                .collect(Collectors.toMap(entry -> property(entry.getKey()), Map.Entry::getValue));
        return ConfigProviderResolver.instance()
                .getBuilder()
                .withSources(new Source(properties))
                .build();
    }

    private static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private record Source(Map<String, String> properties) implements ConfigSource {

        @Override
        public Set<String> getPropertyNames() {
            return properties.keySet();
        }

        @Override
        public String getValue(String propertyName) {
            return properties.get(propertyName);
        }

        @Override
        public String getName() {
            return "test";
        }
    }
}
