package hakube.resolution;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import java.util.List;
import java.util.Map;

/**
 * Something that a person should know (upstream {@code supervisor/resolution/data.py}).
 *
 * @param uuid 32 hex digits
 * @param context one of {@code addon core dns_server mount os plugin supervisor store system}, the set that clients know
 * @param reference what it is about, such as a slug; may be null
 * @param suggestions types of what could be done, such as {@code execute_start}
 */
public record Issue(
        String uuid,
        String type,
        String context,
        String reference,
        @JsonbNillable @JsonbProperty("reference_extra") Map<String, Object> referenceExtra,
        @JsonbTransient List<String> suggestions) {}
