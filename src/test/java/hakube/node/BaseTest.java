package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code k8s/base} grants and asks for, without a cluster. */
class BaseTest {
    private static final Path BASE = Path.of("k8s/base");

    @Test
    void roleGrantsExactlyWhatIsUsed() throws IOException {
        Map<String, String> granted = new TreeMap<>();
        for (Map<String, List<String>> rule : this.<List<Map<String, List<String>>>>at(yaml("role.yaml"), "rules")) {
            for (String resource : rule.get("resources")) {
                granted.put(rule.get("apiGroups").getFirst() + "/" + resource, String.join(" ", rule.get("verbs")));
            }
        }

        assertEquals(
                new TreeMap<>(Map.ofEntries(
                        Map.entry("/pods", "get list watch create delete"),
                        Map.entry("/pods/log", "get"),
                        Map.entry("/pods/exec", "get create"),
                        Map.entry("/pods/attach", "get create"),
                        Map.entry("/services", "get list watch create patch delete"),
                        Map.entry("/configmaps", "get list watch create patch delete"),
                        Map.entry("/secrets", "get list watch create patch delete"),
                        Map.entry("/persistentvolumeclaims", "get list watch create"),
                        Map.entry("/events", "get list watch create"),
                        Map.entry("apps/deployments", "get list watch create patch delete"),
                        Map.entry("apps/statefulsets", "get list watch create patch delete"),
                        Map.entry("apps/deployments/scale", "get patch"),
                        Map.entry("apps/statefulsets/scale", "get patch"),
                        Map.entry("batch/jobs", "get list watch create delete"),
                        Map.entry("networking.k8s.io/networkpolicies", "get create patch delete"),
                        Map.entry("metrics.k8s.io/pods", "get"))),
                granted);
    }

    @Test
    void podHasNoMoreThanItNeeds() throws IOException {
        Map<String, Object> container = container();
        Map<String, Object> context = at(container, "securityContext");
        Map<String, List<String>> capabilities = at(context, "capabilities");

        assertEquals(List.of("ALL"), capabilities.get("drop"));
        assertEquals(List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "NET_BIND_SERVICE"), capabilities.get("add"));
        assertEquals(true, context.get("readOnlyRootFilesystem"));
        assertEquals(false, context.get("allowPrivilegeEscalation"));
        List<Map<String, Object>> mounts = at(container, "volumeMounts");
        assertEquals(
                List.of("/data", "/tmp"),
                mounts.stream().map(mount -> mount.get("mountPath")).toList());
        assertFalse(mounts.getFirst().containsKey("subPath"), "the claim is mounted whole");
    }

    @Test
    void claimAndSettingsSayTheSame() throws IOException {
        Map<String, String> settings = settings();
        Map<String, Object> claim = yaml("claim.yaml");

        assertEquals(at(at(claim, "metadata"), "name"), settings.get("SUPERVISOR_K8S_SHARED_PVC_CLAIM"));
        Map<String, Object> spec = at(claim, "spec");
        assertEquals(spec.get("storageClassName"), settings.get("SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS"));
        assertEquals(
                at(at(at(spec, "resources"), "requests"), "storage"), settings.get("SUPERVISOR_K8S_SHARED_PVC_SIZE"));
        assertEquals(List.of("ReadWriteMany"), spec.get("accessModes"));
    }

    @Test
    void everySettingWithoutDefaultIsThere() throws IOException {
        assertEquals(
                new TreeSet<>(List.of(
                        "SUPERVISOR_RUNTIME",
                        "SUPERVISOR_NAME",
                        "SUPERVISOR_SHARE",
                        "SUPERVISOR_MACHINE",
                        "SUPERVISOR_K8S_STORAGE_MODE",
                        "SUPERVISOR_K8S_SHARED_PVC_CLAIM",
                        "SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS",
                        "SUPERVISOR_K8S_SHARED_PVC_SIZE",
                        "SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS")),
                new TreeSet<>(settings().keySet()));
    }

    private Map<String, Object> container() throws IOException {
        Map<String, Object> template = at(at(yaml("stateful-set.yaml"), "spec"), "template");
        List<Map<String, Object>> containers = at(at(template, "spec"), "containers");
        return containers.getFirst();
    }

    private static Map<String, String> settings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        for (String line : Files.readAllLines(BASE.resolve("supervisor.env"))) {
            if (!line.startsWith("#")) {
                int sign = line.indexOf('=');
                settings.put(line.substring(0, sign), line.substring(sign + 1));
            }
        }
        return settings;
    }

    private Map<String, Object> yaml(String name) throws IOException {
        return cast(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(BASE.resolve(name))));
    }

    private <T> T at(Map<String, ?> object, String key) {
        return cast(object.get(key));
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
