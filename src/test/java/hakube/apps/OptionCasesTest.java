package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.store.PlainValues;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The executable examples of the option language, which were run through upstream's validator. */
class OptionCasesTest {

    private static final Map<String, Object> EXAMPLES = examples();

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theOptionsGoAsUpstreamLetsThem(String id, Map<String, Object> example) {
        OptionSchema schema = new OptionSchema("Frost Sensor (local_frost)", object(example, "schema"));
        CheckedOptions checked = schema.check(example.get("options"), object(example, "secrets"));

        if (Boolean.TRUE.equals(example.get("ok"))) {
            CheckedOptions.Fitting fitting = assertInstanceOf(CheckedOptions.Fitting.class, checked);
            assertEquals(example.get("normalized"), fitting.options());
        } else {
            CheckedOptions.Faulty faulty = assertInstanceOf(CheckedOptions.Faulty.class, checked);
            assertEquals(example.get("message"), faulty.message());
            assertTrue(faulty.message().contains((String) example.get("error_contains")));
        }
        if (example.get("leak_check_sha1") instanceof List<?> hashes) {
            assertEquals(Set.copyOf(hashes), checked.passwords());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("merges")
    void theUsersOptionsLieOverTheDefaults(String id, Map<String, Object> example) {
        assertEquals(example.get("merged"), InstalledApp.merge(object(example, "defaults"), object(example, "user")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void theSchemaIsShownAsAForm(String id, Map<String, Object> example) {
        assertEquals(example.get("ui"), PlainValues.of(OptionForm.of(object(example, "schema"))));
    }

    static Stream<Object[]> cases() {
        return named("cases", CASES);
    }

    static Stream<Object[]> merges() {
        return named("merge_cases", MERGES);
    }

    static Stream<Object[]> forms() {
        return named("form_cases", FORMS);
    }

    private static final int CASES = 123;
    private static final int MERGES = 10;
    private static final int FORMS = 17;

    private static Stream<Object[]> named(String list, int count) {
        List<Object[]> cases = new ArrayList<>();
        for (Object entry : (List<?>) EXAMPLES.get(list)) {
            Map<String, Object> example = JsonValues.object((Map<?, ?>) entry);
            cases.add(new Object[] {example.get("id"), example});
        }
        assertEquals(count, cases.size());
        return cases.stream();
    }

    private static Map<String, Object> object(Map<String, Object> example, String key) {
        return example.get(key) instanceof Map<?, ?> map ? JsonValues.object(map) : Map.of();
    }

    private static Map<String, Object> examples() {
        try (JsonReader reader = Json.createReader(OptionCasesTest.class.getResourceAsStream("options-cases.json"))) {
            JsonObject file = reader.readObject();
            return JsonValues.object((Map<?, ?>) PlainValues.of(JsonValues.plain(file)));
        }
    }
}
