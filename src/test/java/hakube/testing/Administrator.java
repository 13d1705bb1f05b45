package hakube.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.access.Tokens;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;

/** What a served house is asked with the administrator's token. Each answer fails with its body when its status is another. */
public record Administrator(WebTarget target) {

    public static final String TOKEN = "ad".repeat(56);

    /** Where the house finds the token. */
    public static V1Secret secret() {
        return TokenSecret.of(Tokens.ADMINISTRATOR_SECRET, TOKEN);
    }

    public Invocation.Builder call(String path) {
        return target.path(path).request().header("X-Supervisor-Token", TOKEN);
    }

    public String get(String path, int status) {
        return text(status, call(path).get());
    }

    /** What a good answer holds. */
    public JsonObject data(String path) {
        return JsonParser.parseString(get(path, 200)).getAsJsonObject().getAsJsonObject("data");
    }

    /**
     * As Core and the CLI do: the content type is that of no JSON.
     *
     * @param body null for none
     */
    public String post(String path, String body, int status) {
        return text(status, call(path).post(body == null ? null : Entity.entity(body, "application/octet-stream")));
    }

    public String delete(String path, int status) {
        return text(status, call(path).delete());
    }

    /** The body of an answer with that status. */
    public static String text(int status, Response answer) {
        try (answer) {
            String text = answer.readEntity(String.class);
            assertEquals(status, answer.getStatus(), text);
            return text;
        }
    }
}
