package hakube.ports;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The registry's text, {@code {"1883/tcp": {"addon", "service", "targetPort", "protocol"}}}, the form of the original
 * runtime. Ports are in order, so that the same entries are the same text.
 */
record RegistryDocument(SortedMap<ExternalPort, PortEntry> entries) {

    static final RegistryDocument EMPTY = new RegistryDocument(new TreeMap<>());

    /** @throws IllegalArgumentException when the text is anything else than a registry; the message says what */
    static RegistryDocument parse(String text) {
        SortedMap<ExternalPort, PortEntry> entries = new TreeMap<>();
        object(text).forEach((key, value) -> {
            ExternalPort external = ExternalPort.parse(key);
            entries.put(external, entry(external, value));
        });
        return new RegistryDocument(entries);
    }

    String text() {
        JsonObjectBuilder document = Json.createObjectBuilder();
        entries.forEach((external, entry) -> document.add(
                external.toString(),
                Json.createObjectBuilder()
                        .add("addon", entry.slug())
                        .add("service", entry.service())
                        .add("targetPort", entry.targetPort())
                        .add("protocol", external.protocol().word())));
        return document.build().toString();
    }

    /** The same with these entries in the place of all that {@code slug} had. */
    RegistryDocument with(String slug, String service, Map<ExternalPort, Integer> ports) {
        RegistryDocument next = without(entry -> entry.slug().equals(slug));
        ports.forEach((external, target) -> next.entries.put(external, new PortEntry(external, slug, service, target)));
        return next;
    }

    private RegistryDocument without(Predicate<PortEntry> dropped) {
        SortedMap<ExternalPort, PortEntry> kept = new TreeMap<>(entries);
        kept.values().removeIf(dropped);
        return new RegistryDocument(kept);
    }

    private static JsonObject object(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException | IllegalStateException e) {
            throw new IllegalArgumentException("it is not a JSON object", e);
        }
    }

    private static PortEntry entry(ExternalPort external, JsonValue value) {
        if (value instanceof JsonObject fields
                && fields.get("addon") instanceof JsonString slug
                && fields.get("service") instanceof JsonString service
                && fields.get("targetPort") instanceof JsonNumber target
                && target.isIntegral()) {
            return new PortEntry(external, slug.getString(), service.getString(), target.intValue());
        }
        throw new IllegalArgumentException(external + " lacks one of addon, service, targetPort");
    }
}
