package hakube.link;

import hakube.config.Cidr;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What Core says of its HTTP configuration: the confirmed one, and one on trial, which Core takes back after five minutes unless
 * somebody promotes it (core: {@code components/http/config.py}, 2026.11). Pure.
 *
 * @param answer result of command {@code http/config}
 */
record HttpConfig(JsonObject answer) {

    private static final Set<String> NOTES = Set.of("created_at", "error", "error_message");
    private static final String PROXIES = "trusted_proxies";
    private static final String FORWARDS = "use_x_forwarded_for";

    /** What is to be done so that Core trusts some proxies. */
    sealed interface Step {
        /** Core does so already. */
        record Nothing() implements Step {}

        /** A configuration on trial does so: it is to be looked at, then promoted. */
        record Promote() implements Step {}

        /** This configuration is to be tried; Core restarts for it. */
        record Configure(JsonObject config) implements Step {}

        /** A person tries another configuration, which is not interfered with. */
        record Wait() implements Step {}

        /** It was tried and Core gave it up. */
        record GivenUp(String error) implements Step {}
    }

    /** @param wanted CIDRs that Core is to trust, beside those that it trusts already */
    Step step(List<String> wanted) {
        JsonObject stable = answer.getJsonObject("stable");
        if (wanted.isEmpty() || trusts(stable, wanted)) {
            return new Step.Nothing();
        }
        if (!(answer.get("pending") instanceof JsonObject pending)) {
            return new Step.Configure(with(stable, wanted));
        }
        String error = text(pending, "error");
        if (trusts(pending, wanted)) {
            boolean isOn = text(answer, "active_config_type").equals("pending");
            return !error.isEmpty() ? new Step.GivenUp(error) : isOn ? new Step.Promote() : new Step.Wait();
        }
        return error.isEmpty() ? new Step.Wait() : new Step.Configure(with(stable, wanted));
    }

    private static boolean trusts(JsonObject config, List<String> wanted) {
        List<String> trusted = proxies(config);
        return config.getBoolean(FORWARDS, false)
                && wanted.stream().allMatch(cidr -> trusted.stream()
                        .anyMatch(known -> Cidr.of(known).equals(Cidr.of(cidr))));
    }

    /** Everything else stays as it is confirmed. */
    private static JsonObject with(JsonObject stable, List<String> wanted) {
        Set<String> all = new LinkedHashSet<>(proxies(stable));
        wanted.stream()
                .filter(cidr -> all.stream().noneMatch(known -> Cidr.of(known).equals(Cidr.of(cidr))))
                .toList()
                .forEach(all::add);
        JsonArrayBuilder proxies = Json.createArrayBuilder();
        all.forEach(proxies::add);
        JsonObjectBuilder config = Json.createObjectBuilder();
        stable.forEach((key, value) -> {
            if (!NOTES.contains(key)) {
                config.add(key, value);
            }
        });
        return config.add(FORWARDS, true).add(PROXIES, proxies).build();
    }

    private static List<String> proxies(JsonObject config) {
        return config.containsKey(PROXIES)
                ? config.getJsonArray(PROXIES).getValuesAs(JsonString::getString)
                : List.of();
    }

    private static String text(JsonObject object, String key) {
        JsonValue value = object.get(key);
        return value instanceof JsonString text ? text.getString() : "";
    }
}
