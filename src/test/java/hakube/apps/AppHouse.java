package hakube.apps;

import hakube.access.Tokens;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.ObjectNames;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.store.Repositories;
import hakube.store.Store;
import hakube.testing.TokenSecret;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import io.kubernetes.client.openapi.models.V1Container;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A served house with apps on a cluster in memory, and what a client asks it. */
@Singleton
final class AppHouse {

    static final String ADMINISTRATOR = "ad".repeat(56);
    static final String CORE = "c0".repeat(56);

    private final WebTarget target;
    private final FakeCluster cluster;
    private final Folders folders;
    private final Store store;
    private final Repositories repositories;
    private final Apps apps;

    @Inject
    AppHouse(
            WebTarget target,
            Cluster cluster,
            Folders folders,
            Store store,
            Repositories repositories,
            Apps apps,
            State state) {
        this.target = target;
        this.cluster = (FakeCluster) cluster;
        this.folders = folders;
        this.store = store;
        this.repositories = repositories;
        this.apps = apps;
        state.enter(SupervisorState.RUNNING);
        this.cluster.autoRun();
    }

    FakeCluster cluster() {
        return cluster;
    }

    /** Offers an app of the local repository. */
    void offer(String slug, String manifest) {
        offer(slug, "1.0.0", manifest);
    }

    /** The same in another version. */
    void offer(String slug, String version, String manifest) {
        write("addons/local/" + slug + "/config.yaml", """
                name: %s
                version: %s
                slug: %s
                description: For tests
                arch: [amd64, aarch64]
                image: localhost/sample
                """.formatted(slug, version, slug) + manifest);
        repositories.load();
    }

    /** Offers and installs an app, anew if it is there. */
    void install(String slug, String manifest) {
        offer(slug, manifest);
        String full = "local_" + slug;
        if (apps.isInstalled(full)) {
            apps.uninstall(full, true);
        }
        apps.install(store.find(full).orElseThrow(), "amd64");
    }

    /** The repository offers it no more. */
    void withdraw(String slug) throws IOException {
        Files.delete(folders.of("addons/local/" + slug + "/config.yaml"));
        repositories.load();
    }

    void write(String file, String text) {
        Path path = folders.of(file);
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) throws IOException {
        return Files.readString(folders.of(file));
    }

    /** The container of an app, as the cluster has it. */
    V1Container container(String slug) {
        return cluster
                .read(Kind.DEPLOYMENT, ObjectNames.deployment(slug))
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .stream()
                .filter(container -> container.getName().equals(AppWorkload.CONTAINER))
                .findFirst()
                .orElseThrow();
    }

    /** The token of an app that was started. */
    String tokenOf(String slug) {
        return new String(
                cluster.read(Kind.SECRET, AppWorkload.secretName(slug))
                        .orElseThrow()
                        .getData()
                        .get(AppWorkload.TOKEN),
                StandardCharsets.UTF_8);
    }

    Answer get(String path) {
        return get(path, ADMINISTRATOR);
    }

    Answer get(String path, String token) {
        return Answer.of(request(path, token).get());
    }

    Answer post(String path, String body) {
        return post(path, body, ADMINISTRATOR);
    }

    Answer post(String path, String body, String token) {
        return Answer.of(request(path, token).post(Entity.entity(body, "application/octet-stream")));
    }

    /** What a good answer holds. */
    JsonObject data(String path) {
        return get(path).data();
    }

    private Invocation.Builder request(String path, String token) {
        return target.path(path).request().header("X-Supervisor-Token", token);
    }

    record Answer(int status, String type, String text) {

        static Answer of(Response response) {
            try (response) {
                return new Answer(
                        response.getStatus(),
                        response.getHeaderString("Content-Type"),
                        response.readEntity(String.class));
            }
        }

        JsonObject json() {
            try (var reader = Json.createReader(new StringReader(text))) {
                return reader.readObject();
            }
        }

        JsonObject data() {
            if (status != 200) {
                throw new AssertionError(this);
            }
            return json().getJsonObject("data");
        }

        /** Status, key and message in one text: what a failure is. */
        String failure() {
            JsonObject json = json();
            return status + " " + json.getString("error_key", "-") + ": " + json.getString("message");
        }
    }

    /** On a test class: it is served such a house, at free ports. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @HelidonTest
    @AddBean(Parts.class)
    @AddBean(AppHouse.class)
    @AddConfig(key = "management.port", value = "0")
    @interface Served {}

    /** The parts that a test replaces. */
    @Singleton
    @Alternative
    @Priority(1)
    static class Parts {

        @Produces
        @Singleton
        Settings settings() throws IOException {
            return TestSettings.of(Files.createTempDirectory("share"));
        }

        @Produces
        @Singleton
        Cluster cluster() {
            FakeCluster cluster = new FakeCluster();
            cluster.put(Kind.SECRET, TokenSecret.of(Tokens.CORE_SECRET, CORE));
            cluster.put(Kind.SECRET, TokenSecret.of(Tokens.ADMINISTRATOR_SECRET, ADMINISTRATOR));
            return cluster;
        }
    }
}
