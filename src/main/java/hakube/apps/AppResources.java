package hakube.apps;

import hakube.config.Quantities;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * CPU and memory of an app's own container: what its node keeps free for it, and what it may not exceed. Extension: upstream limits no
 * app.
 *
 * @param requests quantity by {@code cpu} and {@code memory}
 * @param limits the same
 */
record AppResources(Map<String, String> requests, Map<String, String> limits) {

    /** Nothing chosen: the settings' values count. */
    static final AppResources NONE = new AppResources(Map.of(), Map.of());

    private static final String REQUESTS = "requests";
    private static final String LIMITS = "limits";

    AppResources {
        requests = Collections.unmodifiableMap(new TreeMap<>(requests));
        limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    }

    /** As clients get and {@code apps.json} has it, empty for {@link #NONE}. */
    Optional<Map<String, Object>> json() {
        if (equals(NONE)) {
            return Optional.empty();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(REQUESTS, requests);
        json.put(LIMITS, limits);
        return Optional.of(json);
    }

    /** What {@link #json} wrote; what is no quantity is left out, since no pod could have it. */
    static AppResources read(Object json) {
        return json instanceof Map<?, ?> map ? new AppResources(part(map, REQUESTS), part(map, LIMITS)) : NONE;
    }

    private static Map<String, String> part(Map<?, ?> json, String key) {
        Map<String, String> amounts = new TreeMap<>();
        if (json.get(key) instanceof Map<?, ?> map) {
            map.forEach((resource, amount) -> {
                if (Quantities.number(String.valueOf(amount)).isPresent()) {
                    amounts.put(String.valueOf(resource), String.valueOf(amount));
                }
            });
        }
        return amounts;
    }

    /** These, and those of the settings where these say nothing. */
    AppResources over(Map<String, String> otherRequests, Map<String, String> otherLimits) {
        return new AppResources(merged(otherRequests, requests), merged(otherLimits, limits));
    }

    private static Map<String, String> merged(Map<String, String> below, Map<String, String> above) {
        Map<String, String> merged = new TreeMap<>(below);
        merged.putAll(above);
        return merged;
    }

    /** Why no pod can have them: Kubernetes refuses a request above its limit. */
    Optional<String> conflict() {
        return requests.entrySet().stream()
                .filter(request -> limits.containsKey(request.getKey())
                        && number(request.getValue()).compareTo(number(limits.get(request.getKey()))) > 0)
                .map(request -> "the request " + request.getKey() + ": " + request.getValue()
                        + " is more than the limit " + limits.get(request.getKey()) + " that applies")
                .findFirst();
    }

    private static BigDecimal number(String quantity) {
        return Quantities.number(quantity).orElse(BigDecimal.ZERO);
    }

    /** What a container has; {@code null} where nothing is asked for, which an apply takes for no wish. */
    V1ResourceRequirements requirements() {
        if (equals(NONE)) {
            return null;
        }
        V1ResourceRequirements requirements = new V1ResourceRequirements();
        requests.forEach((name, amount) -> requirements.putRequestsItem(name, Quantity.fromString(amount)));
        limits.forEach((name, amount) -> requirements.putLimitsItem(name, Quantity.fromString(amount)));
        return requirements;
    }
}
