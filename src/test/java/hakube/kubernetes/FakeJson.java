package hakube.kubernetes;

import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import io.kubernetes.client.common.KubernetesObject;
import java.util.Map;

/** Objects as JSON and back, as the API server has them. */
final class FakeJson {

    private FakeJson() {}

    /** With the kind's own two words, in that namespace. */
    static <T extends KubernetesObject> JsonObject of(Kind<T> kind, T object, String namespace) {
        JsonObject json = LenientJson.gson().toJsonTree(object).getAsJsonObject();
        json.addProperty("apiVersion", kind.apiVersion());
        json.addProperty("kind", kind.kind());
        json.getAsJsonObject("metadata").addProperty("namespace", namespace);
        return json;
    }

    static JsonObject of(CustomKind kind, Map<String, Object> object) {
        JsonObject json = LenientJson.gson().toJsonTree(object).getAsJsonObject();
        json.addProperty("apiVersion", kind.apiVersion());
        json.addProperty("kind", kind.kind());
        return json;
    }

    /** What a patch of these annotations says. */
    static JsonObject ofAnnotations(Map<String, String> annotations) {
        JsonObject values = new JsonObject();
        annotations.forEach(values::addProperty);
        JsonObject metadata = new JsonObject();
        metadata.add("annotations", values);
        JsonObject patch = new JsonObject();
        patch.add("metadata", metadata);
        return patch;
    }

    static <T extends KubernetesObject> T model(Kind<T> kind, JsonObject json) {
        return LenientJson.gson().fromJson(json, kind.type());
    }

    static Map<String, Object> map(JsonObject json) {
        return LenientJson.gson().fromJson(json, new TypeToken<Map<String, Object>>() {}.getType());
    }
}
