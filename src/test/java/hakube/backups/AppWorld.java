package hakube.backups;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A Supervisor on a real control plane, with apps that do nothing but run. */
abstract class AppWorld implements AutoCloseable {

    private static final Duration END = Duration.ofMinutes(2);

    final Space space;
    final SupervisorProcess supervisor;

    AppWorld(Path folder, String prefix) throws IOException, ApiException {
        space = ControlPlane.namespace(prefix);
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor = new SupervisorProcess(space, folder);
    }

    /**
     * Puts an app into the local repository.
     *
     * @param keys of its manifest, besides those that every app has
     */
    final void offer(String name, String version, String keys) throws IOException {
        supervisor.offer(name, """
                name: App %1$s
                version: "%2$s"
                slug: %1$s
                description: For tests
                arch: [amd64, aarch64]
                image: localhost/hakube/busybox
                init: false
                """.formatted(name, version) + keys);
    }

    /**
     * The Supervisor runs, and those apps.
     *
     * @param slugs with their repository, such as {@code local_one}
     */
    final void run(String... slugs) throws IOException {
        supervisor.startToRunning();
        for (String slug : slugs) {
            supervisor.post("/store/addons/" + slug + "/install").data();
            supervisor.post("/addons/" + slug + "/start").data();
        }
    }

    /** Of all apps together, as they are wanted. */
    final int replicas() throws ApiException {
        return new AppsV1Api(space.client())
                        .listNamespacedDeployment(space.name())
                        .labelSelector("io.hass.type=addon")
                        .execute()
                        .getItems()
                        .stream()
                        .mapToInt(deployment -> deployment.getSpec().getReplicas())
                        .sum();
    }

    /** No job is kept for the next start to end. */
    final boolean isIdle() throws IOException {
        return JsonParser.parseString(Files.readString(supervisor.share().resolve("jobs.json")))
                .getAsJsonObject()
                .getAsJsonArray("running")
                .isEmpty();
    }

    /** Polls as Core does, and returns the job as it ended. */
    final JsonObject awaitEnd(String job) throws IOException {
        JsonObject[] seen = new JsonObject[1];
        supervisor.await("the end of job " + job, END, () -> {
            seen[0] = supervisor.get("/jobs/" + job).data();
            return seen[0].get("done").getAsBoolean();
        });
        return seen[0];
    }

    @Override
    public void close() throws IOException, ApiException {
        supervisor.close();
        space.close();
    }
}
