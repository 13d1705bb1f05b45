package hakube.core;

import hakube.kubernetes.Labels;
import hakube.kubernetes.ObjectNames;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and labels of Core's objects. Pure. */
final class CoreLabels {

    /** What the pods of the StatefulSet carry, and nothing else does. */
    static final Map<String, String> SELECTOR = Map.of(Labels.TYPE, "core", "app.kubernetes.io/name", "homeassistant");

    private CoreLabels() {}

    static V1ObjectMeta metadata(String name, CoreOptions options) {
        return new V1ObjectMeta().name(name).labels(of(options));
    }

    static Map<String, String> of(CoreOptions options) {
        Map<String, String> labels = new LinkedHashMap<>(SELECTOR);
        labels.put("app.kubernetes.io/component", "core");
        labels.put("app.kubernetes.io/part-of", "home-assistant");
        labels.put("app.kubernetes.io/managed-by", "hass-supervisor");
        labels.put(Labels.MANAGED, "true");
        if (options.version() != null) {
            labels.put(Labels.VERSION, ObjectNames.labelValue(options.version()));
        }
        return labels;
    }
}
