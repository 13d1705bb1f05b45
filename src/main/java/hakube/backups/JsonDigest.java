package hakube.backups;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Tells whether two JSON values are the same without keeping either of them; the order of keys is of no matter. */
final class JsonDigest {

    private final MessageDigest sum;

    private JsonDigest(MessageDigest sum) {
        this.sum = sum;
    }

    /** SHA-256, in hex digits. */
    static String of(JsonValue value) {
        try {
            JsonDigest digest = new JsonDigest(MessageDigest.getInstance("SHA-256"));
            digest.add(value);
            return HexFormat.of().formatHex(digest.sum.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private void add(JsonValue value) {
        switch (value) {
            case JsonObject map -> {
                add("{");
                Map<String, JsonValue> ordered = new TreeMap<>(map);
                ordered.forEach((key, held) -> {
                    add(Json.createValue(key).toString());
                    add(held);
                });
                add("}");
            }
            case JsonArray list -> {
                add("[");
                list.forEach(this::add);
                add("]");
            }
            default -> add(value.toString());
        }
    }

    /** The blank is for numbers: nothing else would part them. */
    private void add(String token) {
        sum.update((token + " ").getBytes(StandardCharsets.UTF_8));
    }
}
