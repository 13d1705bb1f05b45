package hakube.api;

import static hakube.api.OpenApiDocument.object;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.api.ContractShape.Version;
import hakube.api.Shape.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operations of {@link OpenApiDocument} are made of. */
final class OpenApiParts {

    private static final Pattern QUERY = Pattern.compile("\\?(\\w+):(\\w+)(?:=(\\w+))?");
    private static final Pattern OTHER = Pattern.compile("(header|cookie) (Range|ingress_session):string");
    private static final Pattern JSON_BODY = Pattern.compile("(\\{\\*:|\\w+(=>\\w+)?:\\S).*");
    private static final String[] TOKENS = {"bearer", "supervisorToken", "hassioKey"};

    private OpenApiParts() {}

    /** Of the query, and the headers and cookies that OpenAPI does not describe in another way. */
    static List<JsonObject> parameters(String request, Version version) {
        List<JsonObject> parameters = new ArrayList<>();
        Matcher query = QUERY.matcher(request);
        while (query.find()) {
            JsonObject parameter = object("name", query.group(1), "in", "query");
            JsonObject schema = new Shape.Scalar(query.group(2)).schema(version, Side.REQUEST);
            if (query.group(2).equals("flag")) {
                parameter.addProperty("allowEmptyValue", true);
            }
            parameter.add("schema", schema);
            parameters.add(parameter);
        }
        Matcher other = OTHER.matcher(request);
        while (other.find()) {
            JsonObject parameter = object("name", other.group(2), "in", other.group(1));
            parameter.add("schema", object("type", "string"));
            parameters.add(parameter);
        }
        return parameters;
    }

    static Optional<JsonObject> body(String request, Version version) {
        if (JSON_BODY.matcher(request).matches()) {
            return Optional.of(
                    body(content("application/json", ShapeReader.read(request).schema(version, Side.REQUEST))));
        }
        if (request.startsWith("any object")) {
            return Optional.of(body(content("application/json", object("type", "object"))));
        }
        if (request.startsWith("raw")) {
            return Optional.of(body(content("application/octet-stream", binary())));
        }
        if (request.startsWith("multipart: ")) {
            JsonObject schema = object("type", "object");
            schema.add("additionalProperties", binary());
            return Optional.of(body(content("multipart/form-data", schema)));
        }
        if (request.contains("json or form")) {
            JsonObject schema = ShapeReader.read("username:string,user:string,password:string!")
                    .schema(version, Side.REQUEST);
            JsonObject content = content("application/json", schema);
            content.add("application/x-www-form-urlencoded", object());
            content.getAsJsonObject("application/x-www-form-urlencoded").add("schema", schema.deepCopy());
            return Optional.of(body(content));
        }
        return Optional.empty();
    }

    static JsonObject content(String type, JsonElement schema) {
        JsonObject media = new JsonObject();
        media.add("schema", schema);
        JsonObject content = new JsonObject();
        content.add(type, media);
        return content;
    }

    static JsonObject envelope(JsonElement data) {
        JsonObject result = object("type", "string");
        result.add("enum", array("ok"));
        JsonObject properties = new JsonObject();
        properties.add("result", result);
        properties.add("data", data);
        JsonObject schema = object("type", "object");
        schema.add("properties", properties);
        schema.add("required", array("result", "data"));
        return schema;
    }

    /** One of the three headers. */
    static JsonArray security() {
        JsonArray all = new JsonArray();
        for (String token : TOKENS) {
            JsonObject one = new JsonObject();
            one.add(token, new JsonArray());
            all.add(one);
        }
        return all;
    }

    static JsonObject components() {
        JsonObject schemes = new JsonObject();
        schemes.add(TOKENS[0], object("type", "http", "scheme", "bearer"));
        schemes.add(TOKENS[1], object("type", "apiKey", "in", "header", "name", "X-Supervisor-Token"));
        schemes.add(TOKENS[2], object("type", "apiKey", "in", "header", "name", "X-Hassio-Key"));
        JsonObject components = new JsonObject();
        components.add("securitySchemes", schemes);
        components.add("responses", OpenApiFailures.responses());
        components.add("schemas", OpenApiFailures.schemas());
        return components;
    }

    private static JsonObject body(JsonObject content) {
        JsonObject body = new JsonObject();
        body.add("content", content);
        return body;
    }

    private static JsonObject binary() {
        return object("type", "string", "format", "binary");
    }

    static JsonArray array(String... values) {
        JsonArray array = new JsonArray();
        for (String value : values) {
            array.add(value);
        }
        return array;
    }
}
