package hakube.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The executable examples of the manifest, which were run through upstream's validator. */
class ManifestCasesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theCaseGoesAsUpstreamDoes(String id, Map<?, ?> example, Map<?, ?> manifest) {
        ManifestReader.Outcome outcome = ManifestReader.read(manifest);

        boolean ok = Boolean.TRUE.equals(example.get("ok"));
        switch (outcome) {
            case ManifestReader.Valid(AppManifest read, List<String> warnings) -> {
                Assertions.assertTrue(ok, () -> id + " must be refused, read as " + read + " with " + warnings);
                ((Map<?, ?>) example.get("expect"))
                        .forEach((key, expected) ->
                                Assertions.assertEquals(expected, read.values().get(key), id + ": " + key));
                if (example.get("absent") instanceof List<?> absent) {
                    absent.forEach(key -> Assertions.assertFalse(read.values().containsKey(key), id + ": " + key));
                }
                Assertions.assertEquals(
                        read,
                        Assertions.assertInstanceOf(ManifestReader.Valid.class, ManifestReader.read(read.values()))
                                .manifest(),
                        "a kept copy reads back as the same");
            }
            case ManifestReader.Invalid(String reason) -> {
                Assertions.assertFalse(ok, () -> id + " must be read, refused with " + reason);
                String expected = (String) example.get("error_contains");
                Assertions.assertTrue(reason.contains(expected), () -> id + ": " + reason);
            }
        }
    }

    static Stream<Object[]> cases() throws IOException, Unreadable {
        Map<?, ?> examples = (Map<?, ?>) JsonReader.read(resource("manifest-cases.json"));
        List<Object[]> cases = new ArrayList<>();
        for (Object entry : (List<?>) examples.get("cases")) {
            Map<?, ?> example = (Map<?, ?>) entry;
            String id = (String) example.get("id");
            Map<Object, Object> manifest = new LinkedHashMap<>((Map<?, ?>) examples.get("base"));
            if (example.get("drop") instanceof List<?> drop) {
                drop.forEach(manifest::remove);
            }
            manifest.putAll((Map<?, ?>) example.get("patch"));
            if (id.equals("ports-int-key")) {
                // JSON has no other keys than text: here is what an unquoted YAML key becomes.
                manifest.put("ports", Map.of(80L, 80L));
            }
            cases.add(new Object[] {id, id.equals("ver-null") ? withoutVersionIsRefused() : example, manifest});
        }
        Assertions.assertEquals(76, cases.size());
        return cases.stream();
    }

    /** Upstream lets null through and fails later; the examples allow to refuse it at once. */
    private static Map<?, ?> withoutVersionIsRefused() {
        return Map.of("ok", false, "error_contains", "expected a version");
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = ManifestCasesTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
