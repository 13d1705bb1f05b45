package hakube.clients;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;

/**
 * The pages that a real Home Assistant Core shows to whoever comes, as a browser asks for them: without a token (frontend: {@code
 * src/onboarding/onboarding-restore-backup.ts} and what is below {@code restore-backup}).
 */
record CoreOnboarding(JoinedCore joined, HttpClient http) implements AutoCloseable {

    private static final String BACKUP = "/api/onboarding/backup/";
    private static final Gson GSON = new Gson();

    /** What came back. */
    record Answer(int status, String body) {

        JsonObject json() {
            return JsonParser.parseString(body).getAsJsonObject();
        }
    }

    static CoreOnboarding of(JoinedCore joined) {
        return new CoreOnboarding(
                joined, HttpClient.newBuilder().connectTimeout(JoinedCore.LIMIT).build());
    }

    /** Tells whether there is a Supervisor, which decides where an upload goes. */
    Answer installationType() throws IOException, ApiException {
        return get("/api/onboarding/installation_type");
    }

    /** What is asked before everything else, and again and again while a restore is running. */
    Answer awaitBackups() throws IOException, ApiException {
        return post("/api/onboarding/integration/wait", Map.of("domain", "backup"));
    }

    /** All backups, and how things go. */
    Answer info() throws IOException, ApiException {
        return get(BACKUP + "info");
    }

    Answer upload(byte[] archive) throws IOException, ApiException {
        return send(request(BACKUP + "upload?agent_id=" + CoreBackups.AGENT)
                .header("Content-Type", CoreBackups.FORM)
                .POST(BodyPublishers.ofByteArray(CoreBackups.form(archive))));
    }

    /**
     * Asks for Core, one app and folder {@code share}, and returns when that is over.
     *
     * @throws IOException Core ends meanwhile
     */
    Answer restore(String backup, String app, String password) throws IOException, ApiException {
        return post(BACKUP + "restore", CoreBackups.restoring(backup, app, password));
    }

    /** By the log-in page. @return the code that it ends with; fails with the last answer where there is none */
    String logIn(String username, String password) throws IOException, ApiException {
        String client = joined.core().client().toString();
        Answer flow = post(
                "/auth/login_flow",
                Map.of("client_id", client, "redirect_uri", client, "handler", Arrays.asList("homeassistant", null)));
        if (flow.status() != 200) {
            throw new IOException(flow.toString());
        }
        Answer end = post(
                "/auth/login_flow/" + flow.json().get("flow_id").getAsString(),
                Map.of("client_id", client, "username", username, "password", password));
        if (end.status() != 200 || !end.json().has("result")) {
            throw new IOException(end.toString());
        }
        return end.json().get("result").getAsString();
    }

    @Override
    public void close() {
        http.close();
    }

    private Answer get(String path) throws IOException, ApiException {
        return send(request(path));
    }

    /** A browser names no type of what it has as text. */
    private Answer post(String path, Map<String, Object> body) throws IOException, ApiException {
        return send(request(path)
                .header("Content-Type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString(GSON.toJson(body))));
    }

    private HttpRequest.Builder request(String path) throws ApiException {
        return HttpRequest.newBuilder(URI.create("http://" + joined.pod().address() + ":" + joined.port() + path));
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> answer =
                    http.send(request.timeout(JoinedCore.RESTART).build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }
}
