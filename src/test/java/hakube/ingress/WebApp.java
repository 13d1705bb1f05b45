package hakube.ingress;

import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static hakube.testing.CallersHouse.CORE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.storage.Folders;
import hakube.testing.ApiClient;
import hakube.testing.LoopbackApp;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** An installed app with ingress that runs on a cluster in memory, and its server at the address of its own pod. */
final class WebApp implements AutoCloseable {

    static final String SLUG = "local_web";

    /** Of its ingress. */
    final String token;

    final LoopbackApp server;
    private final ApiClient api;

    private WebApp(ApiClient api, String token, LoopbackApp server) {
        this.api = api;
        this.token = token;
        this.server = server;
    }

    /** Installs it where that was not done before, and starts it. */
    static WebApp start(URI supervisor, Folders folders) throws IOException {
        ApiClient api = new ApiClient(supervisor);
        Path manifest = folders.of("addons/local/web/config.yaml");
        if (!Files.exists(manifest)) {
            Files.createDirectories(manifest.getParent());
            Files.writeString(manifest, """
                    name: Web
                    version: 1.0.0
                    slug: web
                    description: For tests
                    arch: [amd64, aarch64]
                    image: localhost/web
                    ingress: true
                    ingress_port: 0
                    """);
            post(api, "/store/reload");
            post(api, "/store/addons/" + SLUG + "/install");
        }
        post(api, "/addons/" + SLUG + "/start");
        JsonObject info = api.get("/addons/" + SLUG + "/info", ADMINISTRATOR).data();
        return new WebApp(
                api,
                info.getString("ingress_entry").replaceFirst(".*/", ""),
                LoopbackApp.listen(info.getString("ip_address"), info.getInt("ingress_port")));
    }

    /**
     * The header of a browser with a new session.
     *
     * @param user empty for none
     */
    String cookie(String user) {
        return cookieOf(session(user));
    }

    String session(String user) {
        String body = user.isEmpty() ? "" : "{\"user_id\": \"" + user + "\"}";
        return api.post("/ingress/session", CORE, body).data().getString("session");
    }

    static String cookieOf(String session) {
        return "Cookie: other=1; ingress_session=" + session;
    }

    @Override
    public void close() throws IOException {
        server.close();
        api.post("/addons/" + SLUG + "/stop", ADMINISTRATOR, "");
    }

    private static void post(ApiClient api, String path) {
        assertEquals(200, api.post(path, ADMINISTRATOR, "").status());
    }
}
