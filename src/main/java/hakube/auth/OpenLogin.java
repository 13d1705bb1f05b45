package hakube.auth;

import hakube.auth.CoreLogin.Verdict;
import hakube.link.CoreAway;
import hakube.link.CoreHttp;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.HttpURLConnection;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Logs in at Core as a person does, and takes nothing but the verdict (core: {@code components/auth/login_flow.py}, 2026.2). A Core from
 * before its socket answers its Supervisor's own question only to an address that its environment names, and a pod is named by a Service.
 * What a wrong password does to a person it does here: Core notifies, and bans the Supervisor's address where that was wanted.
 */
record OpenLogin(CoreHttp http) {

    private static final String PATH = "/auth/login_flow";
    /** Any address: nobody comes there, since the code is left to expire. */
    private static final String CLIENT = "http://supervisor/";

    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** {@link Verdict#NONE} when Core does not let itself be asked. A second factor is not asked for, as in Core's own check. */
    Verdict check(Credentials credentials) throws CoreAway {
        Optional<String> flow = field(
                "flow_id",
                send(
                        PATH,
                        Map.of(
                                "client_id",
                                CLIENT,
                                "redirect_uri",
                                CLIENT,
                                "handler",
                                Arrays.asList("homeassistant", null))));
        if (flow.isEmpty() || !flow.get().matches("[0-9A-Za-z]+")) {
            return Verdict.NONE;
        }
        HttpResponse<String> answer = send(
                PATH + "/" + flow.get(),
                Map.of("client_id", CLIENT, "username", credentials.username(), "password", credentials.password()));
        Verdict verdict = verdict(answer);
        if (!field("type", answer).equals(Optional.of("create_entry"))) {
            http.send("DELETE", PATH + "/" + flow.get(), Map.of(), LIMIT);
        }
        return verdict;
    }

    private static Verdict verdict(HttpResponse<String> answer) {
        if (answer.statusCode() == HttpURLConnection.HTTP_BAD_REQUEST
                || answer.statusCode() == HttpURLConnection.HTTP_FORBIDDEN) {
            return Verdict.BAD;
        }
        return switch (field("type", answer).orElse("")) {
            case "create_entry" -> Verdict.GOOD;
            case "form" ->
                List.of("mfa", "select_mfa_module")
                                .contains(field("step_id", answer).orElse(""))
                        ? Verdict.GOOD
                        : Verdict.BAD;
            case "abort" -> Verdict.BAD;
            default -> Verdict.NONE;
        };
    }

    private HttpResponse<String> send(String path, Map<String, ?> question) throws CoreAway {
        return http.send("POST", path, question, LIMIT);
    }

    private static Optional<String> field(String name, HttpResponse<String> answer) {
        if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
            return Optional.empty();
        }
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            JsonObject object = reader.readObject();
            return Optional.ofNullable(object.getString(name, null));
        } catch (JsonException | ClassCastException strange) {
            return Optional.empty();
        }
    }
}
