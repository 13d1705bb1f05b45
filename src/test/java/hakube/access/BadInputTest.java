package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import hakube.api.ApiFailure;
import hakube.core.Core;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.testing.RawHttp;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a route is sent, the answer is one of the contract: never a stack trace, never a 500. The random part runs for
 * {@code -Dbad.input.seconds}, 60 by default, always in the same order.
 */
@HelidonTest
@AddBean(VisitorsHouse.class)
@AddConfig(key = "management.port", value = "0")
class BadInputTest {

    private static final long SEED = 20230308;
    private static final Duration RANDOM = Duration.ofSeconds(Long.getLong("bad.input.seconds", 60));

    /** An answer that takes longer is a fault of its own. */
    private static final Duration SLOW = Duration.ofSeconds(15);

    private static final String[] ADMINISTRATOR = Visitor.ADMINISTRATOR.headers();

    private static final Logger ROOT = Logger.getLogger("");

    /** They end the process. */
    private static final Set<String> LEFT_OUT = Set.of("POST /supervisor/restart", "POST /v2/supervisor/restart");

    /** These go on for as long as the client likes; what they are asked is read as for their twins without this word. */
    private static final String ENDLESS = "/follow";

    /** Core is asked for these, and nothing links this house to it. */
    private static final Set<String> WITHOUT_CORE = Set.of("auth_list_users_error");

    private static final Set<String> FAILURE_KEYS = Set.of("result", "message", "job_id", "error_key", "extra_fields");

    private final RawHttp server;
    private final State state;
    private final FakeCluster cluster;
    private final Folders folders;
    private final Core core;

    @Inject
    BadInputTest(WebTarget target, State state, Cluster cluster, Folders folders, Core core) {
        this.server = new RawHttp(target.getUri());
        this.state = state;
        this.cluster = (FakeCluster) cluster;
        this.folders = folders;
        this.core = core;
    }

    @BeforeEach
    void aHouseWithCoreAndAnApp() throws IOException {
        state.enter(SupervisorState.RUNNING);
        ROOT.setLevel(Level.SEVERE);
        cluster.autoRun();
        cluster.logs("homeassistant-0", "2026-11-25T12:00:00.000000000Z started\n");
        // A check of the configuration would wait for the end of a pod that nobody runs.
        cluster.failOn("create pods/", ApiFailure.Unavailable.cluster("The API server is away", null));
        // A start of Core gave it another one.
        cluster.put(Kind.SECRET, VisitorsHouse.secret(Tokens.CORE_SECRET, Visitor.CORE));
        if (!core.isInstalled()) {
            core.install();
        }
        Path manifest = folders.of("addons/local/frost/config.yaml");
        Files.createDirectories(manifest.getParent());
        Files.writeString(
                manifest,
                "{name: frost, version: 1.0.0, slug: frost, description: d, arch: [amd64, aarch64], image: localhost/sample,"
                        + " options: {a: x}, schema: {a: str}, ports: {7/tcp: 7}, stdin: true}");
        server.send("POST", "/store/reload", new byte[0], ADMINISTRATOR);
        server.send("POST", "/store/addons/local_frost/install", new byte[0], ADMINISTRATOR);
        assertEquals(
                200,
                server.send("GET", "/addons/local_frost/info", ADMINISTRATOR).status());
    }

    @AfterEach
    void close() throws IOException {
        ROOT.setLevel(Level.INFO);
        assertEquals(200, server.send("GET", "/supervisor/info", ADMINISTRATOR).status());
        server.close();
    }

    static Stream<RouteRow> rows() {
        return RouteRow.ofServedVersions()
                .filter(row ->
                        !LEFT_OUT.contains(row.toString()) && !row.template().endsWith(ENDLESS));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRouteAnswersBadInputInTheContractsShape(RouteRow row) throws IOException {
        List<String> faults = new ArrayList<>();
        for (BadInput.Case given : BadInput.plain(row, token(row))) {
            check(row, given, faults);
        }
        if (!row.method().equals("GET")) {
            check(row, BadInput.large(row, token(row)), faults);
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void andWhateverChanceMakesOfIt() throws IOException {
        Random random = new Random(SEED);
        List<RouteRow> rows = rows().toList();
        List<String> faults = new ArrayList<>();
        long end = System.nanoTime() + RANDOM.toNanos();
        int count = 0;
        while (System.nanoTime() < end && faults.isEmpty()) {
            RouteRow row = rows.get(random.nextInt(rows.size()));
            check(row, BadInput.random(row, random, token(row)), faults);
            count++;
        }
        assertEquals(List.of(), faults, "request " + count + " of seed " + SEED);
        assertTrue(count > 1000, count + " requests only");
    }

    private static String[] token(RouteRow row) {
        boolean isReserved =
                Set.of("core-only", "never-addon").contains(row.endpoint().role());
        return isReserved ? Visitor.CORE.headers() : ADMINISTRATOR;
    }

    private RawHttp.Answer answer(RouteRow row, BadInput.Case given) throws IOException {
        try {
            return server.exchange(row.method(), given.sending());
        } catch (IOException e) {
            throw new IOException("no whole answer to " + given.name(), e);
        }
    }

    private void check(RouteRow row, BadInput.Case given, List<String> faults) throws IOException {
        long begin = System.nanoTime();
        RawHttp.Answer answer = answer(row, given);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        fault(answer).ifPresent(fault -> faults.add(given.name() + "\n-> " + fault + ": " + answer));
        if (taken.compareTo(SLOW) > 0) {
            faults.add(given.name() + "\n-> took " + taken);
        }
    }

    private static Optional<String> fault(RawHttp.Answer answer) {
        if (answer.body()
                .matches(
                        "(?s).*(Exception|\\bat [a-z]+\\.[a-z]+\\.|\\b(java|hakube|io\\.helidon|org\\.glassfish)\\.[a-z]).*")) {
            return Optional.of("tells of its inside");
        }
        boolean isFailure = answer.status() >= 400;
        boolean isOfTheContract = answer.status() == 503
                || WITHOUT_CORE.stream().anyMatch(key -> answer.body().contains("\"error_key\":\"" + key + "\""));
        if (answer.status() >= 500 && !isOfTheContract) {
            return Optional.of("a fault of the server");
        }
        return switch (answer.type()) {
            case "application/json" -> isFailure ? failure(answer) : success(answer);
            case "text/plain" -> isFailure && answer.body().isBlank() ? Optional.of("empty") : Optional.empty();
            case "application/octet-stream" ->
                isFailure && !answer.body().isBlank() ? Optional.empty() : Optional.of("no failure");
            case "image/png" -> isFailure ? Optional.of("a failure as an image") : Optional.empty();
            default -> Optional.of("type " + answer.type());
        };
    }

    private static Optional<String> failure(RawHttp.Answer answer) {
        Optional<JsonObject> json = json(answer);
        boolean isWhole = json.isPresent()
                && FAILURE_KEYS.containsAll(json.get().keySet())
                && json.get().get("result").getAsString().equals("error")
                && !json.get().get("message").getAsString().isBlank();
        return isWhole ? Optional.empty() : Optional.of("no envelope of a failure");
    }

    private static Optional<String> success(RawHttp.Answer answer) {
        Optional<JsonObject> json = json(answer);
        boolean isWhole = answer.status() == 200
                && json.isPresent()
                && json.get().keySet().equals(Set.of("result", "data"))
                && json.get().get("result").getAsString().equals("ok");
        return isWhole ? Optional.empty() : Optional.of("no envelope of an answer");
    }

    private static Optional<JsonObject> json(RawHttp.Answer answer) {
        try {
            JsonElement json = JsonParser.parseString(answer.body());
            return json.isJsonObject() ? Optional.of(json.getAsJsonObject()) : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }
}
