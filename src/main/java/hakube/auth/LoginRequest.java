package hakube.auth;

import hakube.api.ApiFailure;
import hakube.api.Body;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * How an app says who wants in (upstream {@code supervisor/api/auth.py}, 2026-08): by header {@code Authorization} if it is there,
 * else by a body whose content type is exactly the one of JSON or of a form.
 */
sealed interface LoginRequest {

    /** What the client may try instead. */
    String CHALLENGE = "Basic realm=\"Home Assistant Authentication\"";

    /** Bytes of a body; real ones have some dozen. */
    int LARGEST = 1 << 16;

    /** Somebody wants in. @param isBasic by header, so that a refusal names the way again */
    record Asked(Credentials credentials, boolean isBasic) implements LoginRequest {}

    /** Nothing of that, or a header that is none of basic authentication. */
    record Unreadable() implements LoginRequest {}

    /**
     * @param authorization the header, if there is one
     * @param contentType the header, if there is one
     * @param body is read only where it counts
     * @throws ApiFailure.Unauthorized {@code auth_invalid_non_string_value_error}: name or password is missing or no text
     * @throws ApiFailure.BadRequest the body is no JSON, or larger than {@link #LARGEST}
     */
    static LoginRequest of(Optional<String> authorization, Optional<String> contentType, InputStream body)
            throws IOException {
        if (authorization.isPresent()) {
            return BasicHeader.decode(authorization.get())
                    .<LoginRequest>map(credentials -> new Asked(credentials, true))
                    .orElseGet(Unreadable::new);
        }
        return switch (contentType.orElse("")) {
            case "application/json" -> new Asked(ofJson(text(body)), false);
            case "application/x-www-form-urlencoded" -> new Asked(ofForm(FormText.parse(text(body))), false);
            default -> new Unreadable();
        };
    }

    private static String text(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new ApiFailure.BadRequest("The log-in is too large, at most " + LARGEST + " bytes are allowed");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Credentials ofJson(String text) {
        // Never checked as a whole: other keys may be there, and a wrong type has an answer of its own.
        Body given = Body.ofSecrets(text);
        JsonValue username = given.any("username")
                .filter(value -> !isEmpty(value))
                .or(() -> given.any("user"))
                .orElse(JsonValue.NULL);
        JsonValue password = given.any("password").orElse(JsonValue.NULL);
        if (username instanceof JsonString name && password instanceof JsonString word) {
            return new Credentials(name.getString(), word.getString());
        }
        throw noText();
    }

    private static Credentials ofForm(Map<String, String> given) {
        String username = given.getOrDefault("username", "");
        String name = username.isEmpty() ? given.get("user") : username;
        if (name != null && given.containsKey("password")) {
            return new Credentials(name, given.get("password"));
        }
        throw noText();
    }

    /** As Python sees it: the other key counts then. */
    private static boolean isEmpty(JsonValue value) {
        return value instanceof JsonString text
                ? text.getString().isEmpty()
                : value.equals(JsonValue.NULL) || value.equals(JsonValue.FALSE);
    }

    private static ApiFailure noText() {
        return new ApiFailure.Unauthorized(
                "Username and password must be strings", "auth_invalid_non_string_value_error", CHALLENGE);
    }
}
