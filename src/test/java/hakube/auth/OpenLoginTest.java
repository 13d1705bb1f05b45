package hakube.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.auth.CoreLogin.Verdict;
import hakube.link.FakeCore;
import hakube.link.FakeCore.Reply;
import hakube.link.LinkHouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Core from before the socket that does not know its Supervisor is asked as a person does (core: login_flow.py, 2026.2.3). */
class OpenLoginTest {

    private static final Credentials CREDENTIALS = new Credentials("anna", "secret");

    @TempDir
    private Path share;

    private final List<String> forgotten = new CopyOnWriteArrayList<>();
    private LinkHouse house;
    private FakeCore core;
    private LinkedCore login;

    @BeforeEach
    void connect() throws Exception {
        house = new LinkHouse(share, "2026.2.3");
        String address = LinkHouse.freeAddress();
        core = new FakeCore(address, 0).asking("access");
        core.on("POST /auth/token", _ -> new Reply(200, "{\"access_token\":\"access\",\"expires_in\":1800}"));
        core.on("POST /api/hassio_auth", _ -> new Reply(500, ""));
        core.on(
                "POST /auth/login_flow",
                _ -> new Reply(200, "{\"type\":\"form\",\"flow_id\":\"f1\",\"step_id\":\"init\"}"));
        core.on("DELETE /auth/login_flow/f1", request -> {
            forgotten.add(request.path());
            return new Reply(200, "{}");
        });
        house.reports("{\"port\": " + core.port() + ", \"ssl\": false, \"refresh_token\": \"r\"}");
        house.runAt(address);
        login = new LinkedCore(house.link(), house.http());
    }

    @AfterEach
    void leave() throws Exception {
        house.close();
        core.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{\"type\":\"create_entry\",\"result\":\"code\"}|GOOD|0",
                "200|{\"type\":\"form\",\"step_id\":\"mfa\"}|GOOD|1",
                "200|{\"type\":\"form\",\"step_id\":\"select_mfa_module\"}|GOOD|1",
                "200|{\"type\":\"form\",\"step_id\":\"init\",\"errors\":{\"base\":\"invalid_auth\"}}|BAD|1",
                "200|{\"type\":\"abort\"}|BAD|1",
                "200|{\"type\":1}|NONE|1",
                "200|no JSON|NONE|0",
                "400|{}|BAD|1",
                "403|{}|BAD|1",
                "502|no JSON|NONE|1"
            })
    void whatCoreSaysAtTheSecondStepIsTheVerdict(int status, String answer, Verdict verdict, int deleted) {
        core.on(
                "POST /auth/login_flow/f1",
                request -> request.body().contains("\"username\":\"anna\"")
                        ? new Reply(status, answer)
                        : new Reply(500, ""));
        assertEquals(verdict, login.check("core_mosquitto", CREDENTIALS));
        assertEquals(deleted, forgotten.size(), "what is not over is taken back");
    }

    @Test
    void aCoreThatGoesAfterItsVerdictHasSaidIt() {
        core.on("POST /auth/login_flow/f1", _ -> new Reply(200, "{\"type\":\"form\",\"step_id\":\"init\"}"));
        core.on("DELETE /auth/login_flow/f1", _ -> {
            throw new UncheckedIOException(new IOException("it is gone"));
        });
        assertEquals(Verdict.BAD, login.check("core_mosquitto", CREDENTIALS));
    }

    /** The parser's own limit is a failure of no kind. */
    @ParameterizedTest
    @ValueSource(strings = {"/auth/login_flow", "/auth/login_flow/f1"})
    void whatIsNestedTooDeeplyIsNoAnswer(String path) {
        core.on("POST " + path, _ -> new Reply(200, "{\"type\":".repeat(3000)));
        assertEquals(Verdict.NONE, login.check("core_mosquitto", CREDENTIALS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"flow_id\":\"../../api\"}", "{\"flow_id\":1}"})
    void aFlowWithoutAPlainNameIsNotGoneOnWith(String answer) {
        core.on("POST /auth/login_flow", _ -> new Reply(200, answer));
        assertEquals(Verdict.NONE, login.check("core_mosquitto", CREDENTIALS));
    }
}
