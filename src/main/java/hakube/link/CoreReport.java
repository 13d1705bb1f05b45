package hakube.link;

import hakube.api.ApiFailure;
import hakube.core.Core;
import hakube.core.CoreOptions;
import hakube.ports.ExternalPort;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Logger;

/** What Core tells of itself when it is asked (upstream {@code supervisor/homeassistant/api.py}, 2026-08). */
@Singleton
final class CoreReport {

    /** How often a starting Core is asked whether it runs. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(CoreReport.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private final CoreHttp http;
    private final Core core;

    @Inject
    CoreReport(CoreHttp http, Core core) {
        this.http = http;
        this.core = core;
    }

    /** Takes over port and ssl; a Core that does not tell them (before 2026.8) has posted them, or will. */
    void follow() {
        try {
            HttpResponse<String> answer = http.get("/api/core/http_config", LIMIT);
            if (answer.statusCode() == 200) {
                take(Wire.object(answer.body()));
            }
        } catch (CoreAway failure) {
            LOG.fine(() -> "Home Assistant does not tell where it listens: " + failure.getMessage());
        }
    }

    /** Whether Core says that it is running; one that is starting, stopping or silent is not. */
    boolean isRunning() {
        return state(LIMIT).filter(CoreReport::runs).isPresent();
    }

    /** Whether apps may reach it: it runs, or keeps them waiting only while it rebuilds its database. */
    boolean servesApps(Duration limit) {
        return state(limit).filter(state -> runs(state) || rebuilds(state)).isPresent();
    }

    /** Whether Core says anything of its state. */
    boolean answers() {
        return state(LIMIT).isPresent();
    }

    private static boolean runs(JsonObject state) {
        return state.getString("state", "").equals("RUNNING");
    }

    /** A migration of the recorder that is not done beside the usual work. */
    private static boolean rebuilds(JsonObject state) {
        return state.get("recorder_state") instanceof JsonObject recorder
                && recorder.getBoolean("migration_in_progress", false)
                && !recorder.getBoolean("migration_is_live", false);
    }

    private Optional<JsonObject> state(Duration limit) {
        try {
            HttpResponse<String> answer = http.get("/api/core/state", limit);
            return answer.statusCode() == 200 ? Optional.of(Wire.object(answer.body())) : Optional.empty();
        } catch (CoreAway failure) {
            return Optional.empty();
        }
    }

    private void take(JsonObject config) {
        try {
            int port = config.getInt("port");
            boolean ssl = config.getBoolean("ssl");
            CoreOptions known = core.options();
            if (port >= 1 && port <= ExternalPort.HIGHEST && (known.port() != port || known.ssl() != ssl)) {
                LOG.info(() -> "Home Assistant listens on port " + port + (ssl ? " with" : " without") + " TLS");
                core.listensOn(port, ssl);
            }
        } catch (JsonException | ClassCastException | NullPointerException e) {
            LOG.warning("Home Assistant tells where it listens in another form than expected");
        } catch (ApiFailure | UncheckedIOException failure) {
            LOG.warning(() -> "Home Assistant's port is not followed yet: " + failure.getMessage());
        }
    }
}
