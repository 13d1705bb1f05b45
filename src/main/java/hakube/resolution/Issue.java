package hakube.resolution;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Something that a person should know (upstream {@code supervisor/resolution/data.py}, 2026-08).
 *
 * @param uuid 32 hex digits
 * @param type upstream's present word, or one of our own; clients show those that they know
 * @param context one of {@link Issues#CONTEXTS}
 * @param reference what it is about, such as a slug; may be null
 * @param referenceExtra more of it; may be null
 */
public record Issue(
        String uuid,
        String type,
        String context,
        String reference,
        @JsonbNillable @JsonbProperty("reference_extra") Map<String, Object> referenceExtra) {

    /** Whether both are about the same thing. */
    boolean isAbout(String otherContext, String otherReference, Map<String, Object> otherExtra) {
        return context.equals(otherContext)
                && Objects.equals(reference, otherReference)
                && Objects.equals(referenceExtra, otherExtra);
    }

    /** As events carry it. */
    Map<String, Object> fields() {
        return fields(uuid, type, context, reference, referenceExtra);
    }

    static Map<String, Object> fields(
            String uuid, String type, String context, String reference, Map<String, Object> referenceExtra) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("uuid", uuid);
        fields.put("type", type);
        fields.put("context", context);
        fields.put("reference", reference);
        fields.put("reference_extra", referenceExtra);
        return fields;
    }
}
