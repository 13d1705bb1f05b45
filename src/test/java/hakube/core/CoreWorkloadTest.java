package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoreWorkloadTest {

    private static final Gson PRETTY = new GsonBuilder().setPrettyPrinting().create();

    @ParameterizedTest
    @MethodSource("cases")
    void eachObjectIsAsTheExampleSays(WorkloadCase example) {
        Map<String, JsonElement> made = new TreeMap<>();
        example.made().forEach(one -> made.put(id(one.json()), one.json()));
        Map<String, JsonElement> wanted = new TreeMap<>();
        example.wanted().forEach(one -> wanted.put(id(one.getAsJsonObject()), one));
        assertEquals(wanted.keySet(), made.keySet());
        wanted.forEach((id, object) -> assertEquals(pretty(object), pretty(made.get(id)), id));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noTokenStandsOutsideOfTheSecret(WorkloadCase example) {
        example.made().stream()
                .map(WorkloadCase.Made::json)
                .filter(object -> !object.get("kind").getAsString().equals("Secret"))
                .forEach(object -> assertFalse(object.toString().contains("c0ffee"), object::toString));
    }

    @Test
    void theServicesNeverLeadToTheCheckPod() {
        WorkloadCase.ALL.forEach(example -> example.made().stream()
                .map(WorkloadCase.Made::json)
                .filter(object -> object.get("kind").getAsString().equals("Pod"))
                .forEach(pod -> assertFalse(
                        pod.getAsJsonObject("metadata").getAsJsonObject("labels").asMap().entrySet().stream()
                                .map(label -> Map.entry(
                                        label.getKey(), label.getValue().getAsString()))
                                .toList()
                                .containsAll(CoreLabels.SELECTOR.entrySet()))));
    }

    static List<WorkloadCase> cases() {
        return WorkloadCase.ALL;
    }

    private static String id(JsonObject object) {
        return object.get("kind").getAsString() + "/"
                + object.getAsJsonObject("metadata").get("name").getAsString();
    }

    /** In one order of keys, so that a difference is seen at a glance; the client's models say "none" by empty lists. */
    private static String pretty(JsonElement element) {
        return PRETTY.toJson(sorted(element));
    }

    private static JsonElement sorted(JsonElement element) {
        if (element.isJsonObject()) {
            JsonObject sorted = new JsonObject();
            new TreeMap<>(element.getAsJsonObject().asMap()).forEach((key, value) -> {
                if (!isEmpty(value)) {
                    sorted.add(key, sorted(value));
                }
            });
            return sorted;
        }
        if (element.isJsonArray()) {
            element.getAsJsonArray().asList().replaceAll(CoreWorkloadTest::sorted);
        }
        return element;
    }

    private static boolean isEmpty(JsonElement element) {
        return (element.isJsonArray() && element.getAsJsonArray().isEmpty())
                || (element.isJsonObject() && element.getAsJsonObject().isEmpty());
    }
}
