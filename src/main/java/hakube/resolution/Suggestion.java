package hakube.resolution;

import java.util.Map;
import java.util.Objects;

/**
 * What could be done about an issue (upstream {@code supervisor/resolution/data.py}, 2026-08). Its context and references are
 * those of the issue that brought it.
 *
 * @param uuid 32 hex digits
 * @param type such as {@code execute_start}
 * @param reference may be null
 * @param referenceExtra may be null
 */
public record Suggestion(
        String uuid, String type, String context, String reference, Map<String, Object> referenceExtra) {

    boolean isSame(String otherType, Finding finding) {
        return type.equals(otherType)
                && context.equals(finding.context())
                && Objects.equals(reference, finding.reference().orElse(null))
                && Objects.equals(referenceExtra, finding.extraOrNull());
    }

    /** As events carry it. */
    Map<String, Object> fields() {
        return Issue.fields(uuid, type, context, reference, referenceExtra);
    }
}
