package hakube.core;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.registries.PullSecret;
import hakube.state.State;
import hakube.storage.OneNode;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** Has Core's own check look at the configuration, in a pod of its own beside the running Core. */
@Singleton
final class CoreCheck {

    static final String GROUP = "home_assistant_core_check";

    private static final Logger LOG = Logger.getLogger(CoreCheck.class.getName());
    private static final int MOST_BYTES = 64 * 1024;
    private static final Duration LEFTOVER = Duration.ofSeconds(30);
    private static final Pattern TIME = Pattern.compile("(?m)^\\d{4}-\\d\\d-\\d\\dT\\S+ ");
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

    private final Cluster cluster;
    private final Settings settings;
    private final State state;
    private final OneNode oneNode;
    private final CoreHome home;

    @Inject
    CoreCheck(Cluster cluster, Settings settings, State state, OneNode oneNode, CoreHome home) {
        this.cluster = cluster;
        this.settings = settings;
        this.state = state;
        this.oneNode = oneNode;
        this.home = home;
    }

    private sealed interface End {
        record Valid() implements End {}

        record Invalid() implements End {}

        record NotRun(String cause) implements End {}
    }

    /**
     * Returns when Core finds nothing wrong. Takes as long as a start of Core may.
     *
     * @throws ApiFailure.BadRequest the configuration is not valid, with the check's words; or it could not be asked
     */
    void run(CoreOptions options) {
        home.prepare();
        removeLeftover();
        Duration limit = settings.core().startTimeout();
        CheckPod check = new CheckPod(
                options,
                settings,
                state.options().timezone(),
                oneNode.supervisorPod(),
                PullSecret.nameIn(cluster),
                limit);
        try {
            cluster.create(Kind.POD, check.pod(), false);
        } catch (Cluster.Changed e) {
            throw new ApiFailure.BadRequest("The configuration cannot be checked: a former check has not ended yet", e);
        }
        try {
            End end = cluster.watched(Kind.POD)
                    .await(limit, pods -> pods.find(CheckPod.NAME).flatMap(CoreCheck::endOf))
                    .orElseGet(() -> new End.NotRun("it has no result after " + limit.toSeconds() + " s: "
                            + cluster.watched(Kind.POD)
                                    .find(CheckPod.NAME)
                                    .flatMap(PodFault::explain)
                                    .orElse("its pod does not say why")));
            judge(end);
        } finally {
            discard();
        }
    }

    /** Removes the pod of a check, also one that an earlier process left behind. */
    void discard() {
        if (cluster.watched(Kind.POD).find(CheckPod.NAME).isPresent()) {
            try {
                cluster.delete(Kind.POD, CheckPod.NAME);
            } catch (ApiFailure failure) {
                LOG.log(Level.WARNING, "The pod of the configuration check is left behind", failure);
            }
        }
    }

    private void removeLeftover() {
        if (cluster.watched(Kind.POD).find(CheckPod.NAME).isPresent()) {
            cluster.delete(Kind.POD, CheckPod.NAME);
            cluster.watched(Kind.POD)
                    .await(LEFTOVER, pods -> pods.find(CheckPod.NAME).isEmpty() ? Optional.of(true) : Optional.empty());
        }
    }

    private void judge(End end) {
        switch (end) {
            case End.NotRun(String cause) ->
                throw new ApiFailure.BadRequest("The configuration could not be checked: " + cause);
            case End.Invalid() -> throw invalid(log());
            case End.Valid() -> {
                String log = log();
                // The script ends well with some faults of YAML, which it only logs (upstream looks for the same
                // words).
                if (log.contains("homeassistant.util.yaml")) {
                    throw invalid(log);
                }
            }
        }
    }

    private String log() {
        Cluster.LogRequest all = new Cluster.LogRequest(CheckPod.CONTAINER, -1, -1, false, false);
        try (InputStream stream = cluster.log(CheckPod.NAME, all)) {
            String text = new String(stream.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return COLOURS.matcher(TIME.matcher(text).replaceAll(""))
                    .replaceAll("")
                    .strip();
        } catch (IOException e) {
            throw new ApiFailure.BadRequest("The words of the configuration check cannot be read: " + e, e);
        }
    }

    private static ApiFailure.BadRequest invalid(String log) {
        return new ApiFailure.BadRequest(log.isEmpty() ? "The configuration is not valid" : log);
    }

    private static Optional<End> endOf(V1Pod pod) {
        String phase =
                Optional.ofNullable(pod.getStatus()).map(V1PodStatus::getPhase).orElse("");
        return switch (phase) {
            case "Succeeded" -> Optional.of(new End.Valid());
            case "Failed" ->
                Optional.of(
                        pod.getStatus().getReason() == null
                                ? new End.Invalid()
                                : new End.NotRun(pod.getStatus().getReason()));
            default -> PodFault.decided(pod).map(End.NotRun::new);
        };
    }
}
