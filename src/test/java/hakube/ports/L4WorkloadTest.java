package hakube.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import hakube.config.Settings;
import io.kubernetes.client.openapi.JSON;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * {@code <case>-in.yaml} has settings, registry and the addresses of Services, {@code <case>-out.yaml} the three objects.
 * {@code mvn test -Dtest=L4WorkloadTest -Dgolden=write} writes the latter: read the difference before it is committed.
 */
class L4WorkloadTest {

    private static final Path FOLDER = Path.of("src/test/resources/hakube/ports");

    @ParameterizedTest
    @ValueSource(strings = {"cilium-tcp-and-udp", "other-class", "ipv6", "missing-service"})
    void objectsAreAsWrittenDown(String name) throws IOException {
        Path golden = FOLDER.resolve(name + "-out.yaml");
        String made = text(workload(FOLDER.resolve(name + "-in.yaml")));

        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(golden, made);
        }
        assertEquals(Files.readString(golden), made);
    }

    private static L4Workload workload(Path file) throws IOException {
        Map<?, ?> in = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        Settings.InternalGateway gateway = new Settings.InternalGateway(
                InetAddress.ofLiteral(in.get("address").toString()),
                "ha-internal",
                in.get("class").toString(),
                "nginx:1.25-alpine",
                texts(in.get("annotations")),
                in.get("externalTrafficPolicy").toString());
        List<PortEntry> entries = List.copyOf(RegistryDocument.parse(new Gson().toJson(in.get("registry")))
                .entries()
                .values());
        Map<String, String> services = texts(in.get("services"));
        ProxyConfig config = ProxyConfig.of(
                entries,
                service -> Optional.ofNullable(services.get(service)),
                gateway.address() instanceof Inet6Address);
        return L4Workload.of(gateway, Optional.ofNullable(in.get("nodeArch")).map(Object::toString), entries, config);
    }

    private static Map<String, String> texts(Object map) {
        Map<String, String> texts = new TreeMap<>();
        ((Map<?, ?>) map).forEach((key, value) -> texts.put(key.toString(), value.toString()));
        return texts;
    }

    private static String text(L4Workload workload) {
        DumpSettings block = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setDefaultScalarStyle(ScalarStyle.PLAIN)
                .setMultiLineFlow(false)
                .setExplicitStart(true)
                .setWidth(120)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .build();
        return new Dump(block)
                .dumpAllToString(List.<Object>of(
                                sorted(workload.configMap().apiVersion("v1").kind("ConfigMap")),
                                sorted(workload.deployment()
                                        .apiVersion("apps/v1")
                                        .kind("Deployment")),
                                sorted(workload.service().apiVersion("v1").kind("Service")))
                        .iterator());
    }

    /** The object as plain maps and lists in order, without what is empty. */
    private static Object sorted(Object model) {
        return plain(JSON.getGson().toJsonTree(model));
    }

    private static Object plain(JsonElement json) {
        if (json.isJsonObject()) {
            Map<String, Object> map = new TreeMap<>();
            json.getAsJsonObject().asMap().forEach((key, value) -> {
                if (!isEmpty(value) || key.equals("emptyDir")) {
                    map.put(key, plain(value));
                }
            });
            return map;
        }
        if (json.isJsonArray()) {
            List<Object> list = new ArrayList<>();
            json.getAsJsonArray().forEach(item -> list.add(plain(item)));
            return list;
        }
        var value = json.getAsJsonPrimitive();
        return value.isBoolean() ? value.getAsBoolean() : value.isNumber() ? value.getAsLong() : value.getAsString();
    }

    private static boolean isEmpty(JsonElement json) {
        return (json.isJsonObject() && json.getAsJsonObject().isEmpty())
                || (json.isJsonArray() && json.getAsJsonArray().isEmpty());
    }
}
