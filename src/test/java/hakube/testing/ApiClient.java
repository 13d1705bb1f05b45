package hakube.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends requests as they are written, a {@code GET} with a body included, which the client of JAX-RS does not. */
public final class ApiClient {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String server;

    public ApiClient(URI server) {
        this.server = server.toString().replaceAll("/$", "");
    }

    /** @param headers name and value, one after the other */
    public Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(DEADLINE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .headers(headers);
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interruption);
        }
    }

    /** With a token and no body. */
    public Answer get(String path, String token) {
        return send("GET", path, "", "X-Supervisor-Token", token);
    }

    /** With a token. */
    public Answer post(String path, String token, String body) {
        return send("POST", path, body, "X-Supervisor-Token", token);
    }

    /** With a token and no body. */
    public Answer delete(String path, String token) {
        return send("DELETE", path, "", "X-Supervisor-Token", token);
    }

    /** JSON that is written with single quotes. */
    public static JsonObject json(String text) {
        return parse(text.replace('\'', '"'));
    }

    private static JsonObject parse(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** What came back. */
    public record Answer(int status, HttpHeaders headers, String text) {

        /** The value of a header, empty when it is absent. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        public JsonObject json() {
            return parse(text);
        }

        /** What a good answer holds; fails with the whole answer for any other. */
        public JsonObject data() {
            if (status != 200) {
                throw new AssertionError(status + " " + text);
            }
            return json().getJsonObject("data");
        }

        /** Status, key and message in one text: what a failure is. A plain one is its text. */
        public String failure() {
            if (header("Content-Type").startsWith("text/plain")) {
                return text;
            }
            return status + " " + json().getString("error_key", "-") + ": " + json().getString("message");
        }
    }
}
