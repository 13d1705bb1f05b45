package hakube.kubernetes;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import hakube.api.ApiFailure;
import java.util.Optional;

/** What the status channel tells at the end of a command or of an attachment: a Status of the API. */
record RemoteStatus(JsonObject json) {

    private static final int INTERNAL_ERROR = 500;

    /** The kubelet's words for a container that is not there or does not run, whatever status they come with. */
    private static final String NO_CONTAINER = "container not found";

    /** The kubelet's words for a command that the container runtime could not start. */
    private static final String NO_COMMAND = "error executing command in container";

    /** Empty for what is no Status, or only the beginning of one. */
    static Optional<RemoteStatus> of(String text) {
        try {
            return Optional.of(JsonParser.parseString(text))
                    .filter(JsonElement::isJsonObject)
                    .map(JsonElement::getAsJsonObject)
                    .filter(json -> json.has("status"))
                    .map(RemoteStatus::new);
        } catch (JsonParseException noJson) {
            return Optional.empty();
        }
    }

    /** Exit code of the command, 0 for an attachment that ended well; else the failure that this is to {@code request}. */
    int exitCode(ApiRequest request) {
        if (text(json.get("status")).equals("Success")) {
            return 0;
        }
        if (text(json.get("reason")).equals("NonZeroExitCode")) {
            return exitCode();
        }
        throw failure(request, code(), json.toString());
    }

    /** What a refusal means, be it told before or after the connection became a WebSocket. */
    static ApiFailure failure(ApiRequest request, int status, String body) {
        Answer answer = new Answer(request, status, body);
        if (body.contains(NO_CONTAINER)) {
            return new ApiFailure.NotFound("The container does not run: " + answer.message());
        } else if (body.contains(NO_COMMAND)) {
            return new ApiFailure.BadRequest("The command cannot be started: " + answer.message());
        }
        try {
            answer.orFail();
        } catch (ApiFailure told) {
            return told;
        }
        return ApiFailure.Unavailable.cluster("The cluster cannot do it at present: " + answer.message(), null);
    }

    private int code() {
        String code = text(json.get("code"));
        return code.matches("[1-9][0-9]{2}") ? Integer.parseInt(code) : INTERNAL_ERROR;
    }

    private int exitCode() {
        if (json.get("details") instanceof JsonObject details && details.get("causes") instanceof JsonArray causes) {
            for (JsonElement each : causes) {
                if (each instanceof JsonObject cause
                        && text(cause.get("reason")).equals("ExitCode")
                        && text(cause.get("message")).matches("-?[0-9]{1,9}")) {
                    return Integer.parseInt(text(cause.get("message")));
                }
            }
        }
        throw ApiFailure.Unavailable.cluster("The cluster told no exit code: " + text(json.get("message")), null);
    }

    private static String text(JsonElement element) {
        return element != null && element.isJsonPrimitive() ? element.getAsString() : "";
    }
}
