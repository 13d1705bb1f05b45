package hakube.kubernetes;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import hakube.api.ApiFailure;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API server answered; the one place that turns its refusals into failures. */
record Answer(ApiRequest request, int status, String body) {

    private static final Logger LOG = Logger.getLogger(Answer.class.getName());

    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int GONE = 410;

    static final int UNAUTHORIZED = 401;

    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL_ERROR = 500;

    /** The words of the API server's own authorizer; admission (Pod Security, quotas) answers 403 with others. */
    private static final Pattern NOT_ALLOWED = Pattern.compile("cannot (\\w+) resource \"[^\"]+\"");

    /** An apply of what does not fit the schema (another type, an unknown field) is answered by 500. */
    private static final String NO_FIT = "failed to create typed patch object";

    /** {@code Get "https://node:10250/…": dial tcp 10.0.0.7:10250: }, before the cause. */
    private static final Pattern ADDRESS =
            Pattern.compile("\\b(?:Get|Head|Post|Put) \"?https?://[^\" ]+\"?: |\\bdial (?:tcp|udp)(?: \\S+)?: ");

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** This answer, unless it is a failure of any kind. */
    Answer orFail() {
        failUnlessDecided();
        if (status == NOT_FOUND) {
            throw new ApiFailure.NotFound(message());
        }
        if (!isSuccess()) {
            throw new ApiFailure.BadRequest("The cluster refuses it: " + message());
        }
        return this;
    }

    /** As {@link #orFail}, but the caller decides about 404, 409 and 410. */
    Answer orDecide() {
        if (status == NOT_FOUND || status == CONFLICT || status == GONE) {
            return this;
        }
        return orFail();
    }

    <T> T as(Class<T> type) {
        try {
            return LenientJson.gson().fromJson(body, type);
        } catch (JsonParseException failure) {
            throw ApiFailure.Unavailable.cluster("The cluster answered what is no " + type.getSimpleName(), failure);
        }
    }

    /** The API server's own words, but for the addresses at which it asks others, such as a kubelet; else the status. */
    String message() {
        return ADDRESS.matcher(words()).replaceAll("");
    }

    private String words() {
        return json().map(json -> json.get("message"))
                .filter(message -> message.isJsonPrimitive())
                .map(message -> message.getAsString())
                .orElse("status " + status);
    }

    private void failUnlessDecided() {
        if (status == FORBIDDEN) {
            Matcher denied = NOT_ALLOWED.matcher(message());
            if (denied.find()) {
                throw new ApiFailure.MissingPermission(denied.group(1), request.resource());
            }
        }
        boolean isNoFit = status == INTERNAL_ERROR && message().startsWith(NO_FIT);
        if (status == TOO_MANY_REQUESTS || (status >= INTERNAL_ERROR && !isNoFit) || status == CONFLICT) {
            if (!words().equals(message())) {
                LOG.warning(() -> "The cluster cannot " + request.verb() + " " + request.resource() + ": " + words());
            }
            throw ApiFailure.Unavailable.cluster("The cluster cannot do it at present: " + message(), null);
        }
    }

    private Optional<JsonObject> json() {
        try {
            return Optional.ofNullable(LenientJson.gson().fromJson(body, JsonObject.class));
        } catch (JsonParseException noJson) {
            return Optional.empty();
        }
    }
}
