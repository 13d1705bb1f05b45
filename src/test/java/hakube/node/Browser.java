package hakube.node;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Opens pages of apps as the browser of somebody who is logged in at Core does, by a session that Core asks for. */
record Browser(RealNode node) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @param path within the app's own pages, from its {@code /} on */
    HttpResponse<String> open(NodeApp app, String path) throws IOException {
        String core = Secrecy.value(node, "homeassistant-token", "token");
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer = send(
                            client,
                            request("/ingress/session")
                                    .header("Authorization", "Bearer " + core)
                                    .POST(BodyPublishers.noBody()))
                    .body();
            String session = JsonParser.parseString(answer)
                    .getAsJsonObject()
                    .getAsJsonObject("data")
                    .get("session")
                    .getAsString();
            return send(
                    client, request(app.info("ingress_entry") + path).header("Cookie", "ingress_session=" + session));
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.api().resolve(path)).timeout(PATIENCE);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }
}
