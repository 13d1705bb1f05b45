package hakube.api;

import static hakube.api.OpenApiDocument.object;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.api.ContractShape.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operations of {@link OpenApiDocument} are made of. */
final class OpenApiParts {

    private static final Pattern QUERY = Pattern.compile("\\?(\\w+):(\\w+)(?:=(\\w+))?");
    private static final Pattern JSON_BODY = Pattern.compile("(\\{\\*:|\\w+(=>\\w+)?:\\S).*");
    private static final String[] TOKENS = {"bearer", "supervisorToken", "hassioKey"};

    private OpenApiParts() {}

    static List<JsonObject> queries(String request, Version version) {
        List<JsonObject> queries = new ArrayList<>();
        Matcher query = QUERY.matcher(request);
        while (query.find()) {
            JsonObject parameter = object("name", query.group(1), "in", "query");
            JsonObject schema = new Shape.Scalar(query.group(2)).schema(version);
            if (query.group(2).equals("flag")) {
                parameter.addProperty("allowEmptyValue", true);
            }
            parameter.add("schema", schema);
            queries.add(parameter);
        }
        return queries;
    }

    static Optional<JsonObject> body(String request, Version version) {
        if (JSON_BODY.matcher(request).matches()) {
            return Optional.of(
                    body(content("application/json", ShapeReader.read(request).schema(version))));
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
                    .schema(version);
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
        JsonObject failure = object("description", "Why it was not done; a few are plain text");
        JsonObject content = content("application/json", object("$ref", "#/components/schemas/Failure"));
        content.add("text/plain", object());
        content.getAsJsonObject("text/plain").add("schema", object("type", "string"));
        failure.add("content", content);
        JsonObject responses = new JsonObject();
        responses.add("Failure", failure);
        JsonObject schemas = new JsonObject();
        schemas.add("Failure", failure());
        JsonObject components = new JsonObject();
        components.add("securitySchemes", schemes);
        components.add("responses", responses);
        components.add("schemas", schemas);
        return components;
    }

    private static JsonObject failure() {
        JsonObject schema = ShapeReader.read(
                        "result:string!,message:string!,error_key:string?,extra_fields:object?,job_id:string?")
                .schema(Version.V1);
        schema.getAsJsonObject("properties").getAsJsonObject("result").add("enum", array("error"));
        return schema;
    }

    private static JsonObject body(JsonObject content) {
        JsonObject body = new JsonObject();
        body.add("content", content);
        return body;
    }

    private static JsonObject binary() {
        return object("type", "string", "format", "binary");
    }

    private static JsonArray array(String... values) {
        JsonArray array = new JsonArray();
        for (String value : values) {
            array.add(value);
        }
        return array;
    }
}
