package hakube.apps;

import hakube.api.ApiFailure;
import hakube.core.ContainerStats;
import hakube.kubernetes.Cluster;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Map;

/** The running process of an app: what it uses, and its standard input. */
@Singleton
final class AppProcess {

    private static final int LARGEST_INPUT = 1 << 20;

    private final Cluster cluster;
    private final AppBoard board;

    @Inject
    AppProcess(Cluster cluster, AppBoard board) {
        this.cluster = cluster;
        this.board = board;
    }

    /** @throws ApiFailure.BadRequest {@code app_not_running_error} */
    ContainerStats stats(InstalledApp app) {
        V1Pod pod = pod(app);
        return ContainerStats.of(pod, AppWorkload.CONTAINER, cluster.usage(pod));
    }

    /**
     * Writes the bytes and a line feed, as upstream does.
     *
     * @throws ApiFailure.BadRequest {@code app_not_supported_write_stdin_error}, {@code app_not_running_error}
     */
    void write(InstalledApp app, byte[] bytes) {
        if (!app.manifest().run().stdin()) {
            throw new ApiFailure.BadRequest(
                    "App " + app.slug() + " does not support writing to stdin",
                    "app_not_supported_write_stdin_error",
                    Map.of("app", app.slug()));
        } else if (bytes.length > LARGEST_INPUT) {
            throw new ApiFailure.BadRequest("Input for app " + app.slug() + " is too large: " + bytes.length
                    + " bytes, at most " + LARGEST_INPUT + " are allowed");
        }
        byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
        line[bytes.length] = '\n';
        cluster.writeStdin(pod(app).getMetadata().getName(), AppWorkload.CONTAINER, line);
    }

    private V1Pod pod(InstalledApp app) {
        AppState state = board.seen(app.slug()).state();
        return AppStates.current(board.pods(app.slug()))
                .filter(pod -> state == AppState.STARTED || state == AppState.STARTUP)
                .orElseThrow(() -> notRunning(app.slug()));
    }

    static ApiFailure.BadRequest notRunning(String slug) {
        return new ApiFailure.BadRequest(
                "App " + slug + " is not running", "app_not_running_error", Map.of("app", slug));
    }
}
