package hakube.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.api.ContractShape.Version;
import hakube.api.Shape.Side;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the rows of {@code endpoints.tsv} as a document of OpenAPI 3.0. */
final class OpenApiDocument {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)(:[^}]*)?}");
    private static final String LOG = "stream: text/plain; response header X-First-Cursor:string";
    private static final Map<String, String> MEDIA = Map.of(
            LOG,
            "text/plain",
            "text: text/plain",
            "text/plain",
            "binary: image/png",
            "image/png",
            "binary: application/tar; Content-Disposition attachment; Range supported",
            "application/tar",
            "stream: server-sent events of Core",
            "text/event-stream");

    private static final List<String> ANY =
            List.of("get", "head", "post", "put", "patch", "delete", "options", "trace");

    private final JsonObject paths = new JsonObject();

    private OpenApiDocument() {}

    static String text(String version) {
        OpenApiDocument document = new OpenApiDocument();
        for (Endpoint row : Endpoint.all()) {
            row.v1().ifPresent(path -> document.add(row, path, Version.V1));
            row.v2().ifPresent(path -> document.add(row, path, Version.V2));
        }
        JsonObject rest = new JsonObject();
        rest.addProperty("openapi", "3.0.3");
        rest.add("info", object("title", "Home Assistant Supervisor", "version", version));
        JsonArray servers = new JsonArray();
        servers.add(object("url", "http://supervisor"));
        rest.add("servers", servers);
        rest.add("security", OpenApiParts.security());
        rest.add("components", OpenApiParts.components());
        return document.lines(rest);
    }

    /** A line for each path: small, and a change shows where it is. */
    private String lines(JsonObject rest) {
        String head = rest.toString();
        StringBuilder text = new StringBuilder(head.substring(0, head.length() - 1)).append(",\n\"paths\":{\n");
        String lines = sorted().entrySet().stream()
                .map(path -> "\"" + path.getKey() + "\":" + path.getValue())
                .collect(Collectors.joining(",\n"));
        return text.append(lines).append("\n}}\n").toString();
    }

    private JsonObject sorted() {
        JsonObject sorted = new JsonObject();
        new TreeMap<>(paths.asMap()).forEach(sorted::add);
        return sorted;
    }

    private void add(Endpoint row, String pattern, Version version) {
        String path = PLACE.matcher(pattern).replaceAll("{$1}");
        JsonObject item = paths.has(path) ? paths.getAsJsonObject(path) : new JsonObject();
        paths.add(path, item);
        JsonObject operation = operation(row, pattern, version);
        if (row.method().equals("ANY")) {
            for (String method : ANY) {
                item.add(method, operation.deepCopy());
            }
        } else {
            item.add(row.method().toLowerCase(Locale.ROOT), operation);
        }
    }

    private static JsonObject operation(Endpoint row, String pattern, Version version) {
        JsonObject operation = new JsonObject();
        JsonArray tags = new JsonArray();
        tags.add(pattern.replaceFirst("^/v2", "").split("/", -1)[1]);
        operation.add("tags", tags);
        operation.addProperty("x-role", row.role());
        if (row.role().equals("open")) {
            operation.add("security", new JsonArray());
        }
        JsonArray parameters = places(pattern);
        OpenApiParts.parameters(row.request(), version).forEach(parameters::add);
        if (!parameters.isEmpty()) {
            operation.add("parameters", parameters);
        }
        OpenApiParts.body(row.request(), version).ifPresent(body -> operation.add("requestBody", body));
        operation.add("responses", responses(row, version));
        return operation;
    }

    private static JsonArray places(String pattern) {
        JsonArray parameters = new JsonArray();
        Matcher places = PLACE.matcher(pattern);
        while (places.find()) {
            JsonObject parameter = object("name", places.group(1), "in", "path");
            parameter.addProperty("required", true);
            parameter.add("schema", object("type", "string"));
            parameters.add(parameter);
        }
        return parameters;
    }

    private static JsonObject responses(Endpoint row, Version version) {
        JsonObject responses = new JsonObject();
        boolean isServed = row.v1()
                .filter(path -> ServedRoutes.contains(row.method(), path))
                .isPresent();
        if (!row.isRefused() || isServed) {
            if (row.response().startsWith("ws: ")) {
                responses.add("101", object("description", row.response()));
            } else {
                responses.add("200", good(row, version));
            }
        }
        OpenApiFailures.of(row).forEach(responses::add);
        return responses;
    }

    private static JsonObject good(Endpoint row, Version version) {
        JsonObject good = object("description", "As it was asked for");
        Optional<JsonElement> data =
                ContractShape.ofResponse(row.response()).map(shape -> shape.schema(version, Side.ANSWER));
        if (data.isPresent()) {
            good.add("content", OpenApiParts.content("application/json", OpenApiParts.envelope(data(row, data.get()))));
        } else if (MEDIA.containsKey(row.response())) {
            JsonObject schema = object("type", "string");
            good.add("content", OpenApiParts.content(MEDIA.get(row.response()), schema));
        }
        if (row.response().equals(LOG)) {
            good.add("headers", cursor());
        }
        return good;
    }

    /** An empty list is sent as an empty object. */
    private static JsonElement data(Endpoint row, JsonElement schema) {
        if (!row.response().startsWith("json: [")) {
            return schema;
        }
        JsonObject empty = object("type", "object");
        empty.addProperty("maxProperties", 0);
        JsonArray either = new JsonArray();
        either.add(schema);
        either.add(empty);
        JsonObject data = new JsonObject();
        data.add("anyOf", either);
        return data;
    }

    private static JsonObject cursor() {
        JsonObject header = object("description", "Where the log can be read on from");
        header.add("schema", object("type", "string"));
        JsonObject headers = new JsonObject();
        headers.add("X-First-Cursor", header);
        return headers;
    }

    /** @param pairs names and values in turn */
    static JsonObject object(String... pairs) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < pairs.length; i += 2) {
            object.addProperty(pairs[i], pairs[i + 1]);
        }
        return object;
    }
}
