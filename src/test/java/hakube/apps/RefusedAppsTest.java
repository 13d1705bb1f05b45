package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hakube.store.AppManifest;
import hakube.store.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Manifests that a cluster cannot run, {@code <name>-in.yaml}, and what is told of each, {@code <name>-out.yaml}. {@code mvn test
 * -Dtest=RefusedAppsTest -Dgolden=write} rewrites the latter; read what changed before you keep it.
 */
class RefusedAppsTest {

    private static final Path FOLDER = Path.of("src/test/resources/hakube/apps/refused");
    private static final String IN = "-in.yaml";

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(IN))
                    .map(name -> name.substring(0, name.length() - IN.length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aManifestIsRefusedForTheseReasonsAllAtOnce(String name) throws IOException {
        ManifestReader.Outcome read = ManifestReader.read(FOLDER.resolve(name + IN));
        AppManifest manifest = assertInstanceOf(ManifestReader.Valid.class, read, read.toString())
                .manifest();
        Suitability suitability =
                AppRequirements.check("local_" + manifest.slug(), manifest, false, WorkloadCase.PLAIN);
        String told =
                text(assertInstanceOf(Suitability.Refused.class, suitability).reasons());
        Path expected = FOLDER.resolve(name + "-out.yaml");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(expected, told);
        }
        assertEquals(Files.readString(expected), told);
    }

    private static String text(List<Suitability.Reason> reasons) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(120)
                .build();
        return new Dump(settings)
                .dumpToString(reasons.stream().map(RefusedAppsTest::plain).toList());
    }

    private static Map<String, Object> plain(Suitability.Reason reason) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", reason.key());
        fields.put("value", reason.value());
        fields.put("reason", reason.reason());
        return fields;
    }
}
