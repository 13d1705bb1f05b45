package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RequestFieldTest {

    private static RouteRow row(String name) {
        return RouteRow.all()
                .filter(row -> row.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keysAreReadWithTypeAndNeed() {
        assertEquals(
                List.of(new RequestField("username", "string", true), new RequestField("password", "string", true)),
                RequestField.of(row("POST /auth/reset")));
        assertEquals(
                List.of(new RequestField("safe_mode", "bool", false), new RequestField("force", "bool", false)),
                RequestField.of(row("POST /core/restart")));
        assertEquals(
                List.of(
                        new RequestField("boot", "string", false),
                        new RequestField("network", "{*:int?}", false),
                        new RequestField("auto_update", "bool", false),
                        new RequestField("audio_output", "string", false),
                        new RequestField("audio_input", "string", false),
                        new RequestField("ingress_panel", "bool", false),
                        new RequestField("watchdog", "bool", false),
                        new RequestField("options", "object", false),
                        new RequestField("resources", "{requests:{*:string},limits:{*:string}}", false)),
                RequestField.of(row("POST /addons/{app}/options")));
        assertEquals(List.of(), RequestField.of(row("POST /addons/{app}/stdin")));
    }

    @Test
    void everyRowIsUnderstood() {
        Set<String> types = new TreeSet<>();
        RouteRow.all().forEach(row -> RequestField.of(row).forEach(field -> types.add(field.type())));
        assertTrue(types.containsAll(Set.of("string", "bool", "int", "float", "object", "[string]")), types.toString());
    }
}
