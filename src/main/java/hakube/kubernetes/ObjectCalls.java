package hakube.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.api.ApiFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and writes of objects as JSON, each one call; what the API server answers becomes the failures of the port. */
final class ObjectCalls {

    private static final String PAGE = "500";
    private static final String JSON = "application/json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MERGE = "application/merge-patch+json";

    private final ApiServer server;
    private final String namespace;

    ObjectCalls(ApiServer server, String namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    /** Empty when the API server knows no such resource. */
    Optional<JsonObject> apply(Resource resource, JsonObject desired, boolean dryRun) {
        JsonObject object = named(resource, desired);
        Set.of("managedFields", "resourceVersion", "uid", "creationTimestamp", "generation")
                .forEach(object.getAsJsonObject("metadata")::remove);
        ApiRequest request = dryRun(patch(resource, path(resource, name(object)), APPLY, object), dryRun)
                .with("fieldManager", Cluster.FIELD_MANAGER)
                .with("force", "true");
        Answer answer = server.send(request).orDecide();
        return answer.status() == Answer.NOT_FOUND
                ? Optional.empty()
                : Optional.of(answer.orFail().as(JsonObject.class));
    }

    JsonObject create(Resource resource, JsonObject desired, boolean dryRun) throws Cluster.Changed {
        JsonObject object = named(resource, desired);
        ApiRequest request = dryRun(
                        ApiRequest.of("create", resource.plural(), "POST", path(resource))
                                .withBody(JSON, text(object)),
                        dryRun)
                .with("fieldManager", Cluster.FIELD_MANAGER);
        return unlessChanged(server.send(request)).as(JsonObject.class);
    }

    JsonObject swap(Resource resource, JsonObject desired) throws Cluster.Changed {
        JsonObject object = named(resource, desired);
        JsonObject metadata = object.getAsJsonObject("metadata");
        metadata.remove("managedFields");
        if (!metadata.has("resourceVersion")) {
            throw new IllegalArgumentException(name(object) + " has no resourceVersion to compare with");
        }
        Answer answer = server.send(patch(resource, path(resource, name(object)), MERGE, object)
                .with("fieldManager", Cluster.FIELD_MANAGER));
        if (answer.status() == Answer.NOT_FOUND) {
            throw new Cluster.Changed(answer.message());
        }
        return unlessChanged(answer).as(JsonObject.class);
    }

    JsonObject annotate(Resource resource, String name, Map<String, String> annotations) {
        JsonObject values = new JsonObject();
        annotations.forEach(values::addProperty);
        JsonObject metadata = new JsonObject();
        metadata.add("annotations", values);
        JsonObject patch = new JsonObject();
        patch.add("metadata", metadata);
        return server.send(
                        patch(resource, path(resource, name), MERGE, patch).with("fieldManager", Cluster.FIELD_MANAGER))
                .orFail()
                .as(JsonObject.class);
    }

    /** The Scale that was stored. */
    JsonObject scale(Resource resource, String name, int replicas) {
        JsonObject patch = JsonParser.parseString("{\"spec\":{\"replicas\":" + replicas + "}}")
                .getAsJsonObject();
        Resource scale = resource.sub("scale");
        return server.send(patch(scale, path(resource, name) + "/scale", MERGE, patch)
                        .with("fieldManager", Cluster.SCALE_MANAGER))
                .orFail()
                .as(JsonObject.class);
    }

    Optional<JsonObject> read(Resource resource, String name) {
        Answer answer = server.send(ApiRequest.get("get", resource.plural(), path(resource, name)))
                .orDecide();
        return answer.status() == Answer.NOT_FOUND
                ? Optional.empty()
                : Optional.of(answer.orFail().as(JsonObject.class));
    }

    /** All pages; empty when the API server knows no such resource. */
    Optional<Listing> list(Resource resource, String selector) {
        List<JsonObject> items = new ArrayList<>();
        String next = "";
        String version;
        do {
            ApiRequest request =
                    ApiRequest.get("list", resource.plural(), path(resource)).with("limit", PAGE);
            request = selector.isEmpty() ? request : request.with("labelSelector", selector);
            Answer answer = server.send(next.isEmpty() ? request : request.with("continue", next))
                    .orDecide();
            if (answer.status() == Answer.NOT_FOUND) {
                return Optional.empty();
            }
            if (answer.status() == Answer.GONE) {
                throw ApiFailure.Unavailable.cluster("The list changed while it was read: " + answer.message(), null);
            }
            JsonObject page = answer.orFail().as(JsonObject.class);
            for (JsonElement item : page.getAsJsonArray("items")) {
                items.add(item.getAsJsonObject());
            }
            JsonObject metadata = page.getAsJsonObject("metadata");
            next = text(metadata, "continue");
            version = text(metadata, "resourceVersion");
        } while (!next.isEmpty());
        return Optional.of(new Listing(items, version));
    }

    /** What was deleted, or still is there because something must end first; empty when nothing was there. */
    Optional<JsonObject> delete(Resource resource, String name) {
        Answer answer = server.send(ApiRequest.of("delete", resource.plural(), "DELETE", path(resource, name))
                        .with("propagationPolicy", "Background"))
                .orDecide();
        return answer.status() == Answer.NOT_FOUND
                ? Optional.empty()
                : Optional.of(answer.orFail().as(JsonObject.class));
    }

    /** What was deleted, or still is there because something must end first. */
    JsonObject delete(Resource resource, String name, String version) throws Cluster.Changed {
        JsonObject preconditions = new JsonObject();
        preconditions.addProperty("resourceVersion", version);
        JsonObject options = new JsonObject();
        options.addProperty("apiVersion", "v1");
        options.addProperty("kind", "DeleteOptions");
        options.addProperty("propagationPolicy", "Background");
        options.add("preconditions", preconditions);
        Answer answer = server.send(ApiRequest.of("delete", resource.plural(), "DELETE", path(resource, name))
                .withBody("application/json", text(options)));
        if (answer.status() == Answer.NOT_FOUND) {
            throw new Cluster.Changed(answer.message());
        }
        return unlessChanged(answer).as(JsonObject.class);
    }

    ApiRequest watch(Resource resource, String selector, String version, long seconds) {
        ApiRequest request = ApiRequest.get("watch", resource.plural(), path(resource))
                .with("watch", "true")
                .with("allowWatchBookmarks", "true")
                .with("resourceVersion", version)
                .with("timeoutSeconds", Long.toString(seconds));
        return selector.isEmpty() ? request : request.with("labelSelector", selector);
    }

    String path(Resource resource) {
        String root = resource.group().isEmpty() ? "/api/v1" : "/apis/" + resource.apiVersion();
        return root + "/namespaces/" + namespace + "/" + resource.plural();
    }

    String path(Resource resource, String name) {
        // A name comes from a client at times and must not lead elsewhere. Encoding does not help: the API server looks
        // at the
        // decoded path. These are what it refuses in a name, too.
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%")) {
            throw new ApiFailure.BadRequest("\"" + name + "\" cannot be the name of one of the cluster's "
                    + resource.plural() + ": it must not be empty, \".\" or \"..\", nor contain \"/\" or \"%\"");
        }
        return path(resource) + "/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String text(JsonObject object, String key) {
        return object.has(key) ? object.get(key).getAsString() : "";
    }

    private static ApiRequest patch(Resource resource, String path, String type, JsonObject body) {
        return ApiRequest.of("patch", resource.plural(), "PATCH", path).withBody(type, text(body));
    }

    private static ApiRequest dryRun(ApiRequest request, boolean dryRun) {
        return dryRun ? request.with("dryRun", "All") : request;
    }

    private JsonObject named(Resource resource, JsonObject desired) {
        JsonObject object = desired.deepCopy();
        object.addProperty("apiVersion", resource.apiVersion());
        object.addProperty("kind", resource.kind());
        object.getAsJsonObject("metadata").addProperty("namespace", namespace);
        return object;
    }

    private static Answer unlessChanged(Answer answer) throws Cluster.Changed {
        if (answer.status() == Answer.CONFLICT) {
            throw new Cluster.Changed(answer.message());
        }
        return answer.orFail();
    }

    private static String name(JsonObject object) {
        return object.getAsJsonObject("metadata").get("name").getAsString();
    }

    /** JSON that is YAML, too: that has no raw control characters. A tree writes its nulls, which a merge patch needs. */
    private static String text(JsonObject body) {
        StringBuilder text = new StringBuilder();
        body.toString().chars().forEach(c -> {
            if ((c >= 0x7f && c <= 0x9f) || c >= 0xfffe) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }

    /** A whole list and the version that it is of. */
    record Listing(List<JsonObject> items, String resourceVersion) {}
}
