package hakube.config;

import hakube.config.Rule.Refusal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What defaults are taken from: the pod around the process, or the user's machine.
 *
 * @param namespaceFile of the pod's service account
 */
record Surroundings(Map<String, String> environment, Path home, Path namespaceFile, Path resolverFile) {

    static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace"),
                Path.of("/etc/resolv.conf"));
    }

    boolean inCluster() {
        return environment.containsKey("KUBERNETES_SERVICE_HOST");
    }

    /** The file that says which cluster, empty inside of one. */
    Optional<String> kubeconfig() {
        if (inCluster()) {
            return Optional.empty();
        }
        String named = environment.getOrDefault("KUBECONFIG", "");
        if (!named.isBlank()) {
            List<String> files = Rule.parts(named, File.pathSeparator);
            return files.stream()
                    .filter(file -> Files.isReadable(Path.of(file)))
                    .findFirst()
                    .or(() -> files.stream().findFirst());
        }
        Path usual = home.resolve(".kube/config");
        if (!Files.isReadable(usual)) {
            throw new Refusal(
                    "the process runs in no pod, KUBECONFIG is not set, and %s cannot be read".formatted(usual));
        }
        return Optional.of(usual.toString());
    }

    /** The pod's own namespace, else the one of the current context, else {@code default}. */
    String namespace(Optional<Path> kubeconfig) {
        return text(namespaceFile)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .or(() -> kubeconfig.flatMap(Surroundings::contextNamespace))
                .orElse("default");
    }

    /** What follows {@code svc.} in the search list of the pod's resolver. */
    String clusterDomain() {
        return text(resolverFile).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("search"))
                .flatMap(line -> Rule.parts(line, "\\s+").stream())
                .filter(domain -> domain.startsWith("svc.") && domain.length() > 4)
                .map(domain -> domain.substring(4))
                .map(domain -> domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain)
                .findFirst()
                .orElse("cluster.local");
    }

    private static Optional<String> contextNamespace(Path kubeconfig) {
        try {
            Object config = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(kubeconfig));
            Object current = entry(config, "current-context");
            return entry(config, "contexts") instanceof List<?> contexts
                    ? contexts.stream()
                            .filter(context -> current != null && current.equals(entry(context, "name")))
                            .map(context -> entry(entry(context, "context"), "namespace"))
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .filter(name -> !name.isBlank())
                            .findFirst()
                    : Optional.empty();
        } catch (IOException | YamlEngineException _) {
            // The file is read again, and complained about, by whoever connects.
            return Optional.empty();
        }
    }

    private static Object entry(Object map, String key) {
        return map instanceof Map<?, ?> entries ? entries.get(key) : null;
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
