package hakube.api;

import static hakube.api.OpenApiDocument.object;

import com.google.gson.JsonObject;
import hakube.api.ContractShape.Version;
import hakube.api.Shape.Side;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers of {@link OpenApiDocument} that are no success. The route decides the shape; before the route, the gate and the
 * router answer in plain text. A fault that nobody expected is no part of the document.
 */
final class OpenApiFailures {

    /** A status of the table's notes that is no fault of the request. */
    private static final Pattern TOLD = Pattern.compile("failure (5\\d\\d) ");

    private static final String JSON = "Failure";
    private static final String TEXT = "TextFailure";
    private static final String BYTES = "ByteFailure";
    private static final String RELAY = "RelayFailure";

    private OpenApiFailures() {}

    /** By status, in order. */
    static Map<String, JsonObject> of(Endpoint row) {
        Map<String, JsonObject> failures = new TreeMap<>();
        JsonObject failure = object("$ref", "#/components/responses/" + shape(row));
        failures.put("4XX", failure);
        // What is not built yet, and a cluster that is away.
        failures.put("503", failure.deepCopy());
        if (isRelayed(row)) {
            failures.put("502", failure.deepCopy());
        }
        Matcher told = TOLD.matcher(row.note());
        if (told.find()) {
            failures.put(told.group(1), failure.deepCopy());
        }
        return failures;
    }

    static JsonObject responses() {
        JsonObject responses = new JsonObject();
        responses.add(
                JSON,
                response("Why it was not done; the gate says so in plain text", "application/json", "text/plain"));
        responses.add(TEXT, response("Why there is no log", "text/plain"));
        responses.add(
                BYTES,
                response(
                        "Why there is no file; the gate says so in plain text",
                        "application/octet-stream",
                        "text/plain"));
        responses.add(RELAY, response("Why it was not passed on, or what the other side answered"));
        return responses;
    }

    static JsonObject schemas() {
        JsonObject schema = ShapeReader.read(
                        "result:string!,message:string!,error_key:string?,extra_fields:object?,job_id:string?")
                .schema(Version.V1, Side.REQUEST);
        schema.getAsJsonObject("properties").getAsJsonObject("result").add("enum", OpenApiParts.array("error"));
        JsonObject schemas = new JsonObject();
        schemas.add(JSON, schema);
        return schemas;
    }

    private static String shape(Endpoint row) {
        if (isRelayed(row)) {
            return RELAY;
        }
        String path = row.paths().getFirst();
        if (path.matches(".*/logs(/.*)?") && row.response().startsWith("stream: ")) {
            return TEXT;
        }
        return row.response().startsWith("binary: image") || row.response().startsWith("text: ") ? BYTES : JSON;
    }

    private static boolean isRelayed(Endpoint row) {
        return row.response().startsWith("ws: ")
                || row.response().startsWith("stream: body")
                || row.response().startsWith("stream: server-sent");
    }

    /** @param types none when the other side decides */
    private static JsonObject response(String description, String... types) {
        JsonObject content = new JsonObject();
        for (String type : types) {
            JsonObject schema = type.equals("application/json")
                    ? object("$ref", "#/components/schemas/" + JSON)
                    : object("type", "string");
            content.asMap().putAll(OpenApiParts.content(type, schema).asMap());
        }
        JsonObject response = object("description", description);
        if (!content.isEmpty()) {
            response.add("content", content);
        }
        return response;
    }
}
