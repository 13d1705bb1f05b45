package hakube.auth;

import hakube.auth.CoreLogin.Verdict;
import hakube.link.CoreAway;
import hakube.link.CoreHttp;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.HttpURLConnection;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.logging.Logger;

/**
 * Logs in at Core as a person does, and takes nothing but the verdict (core: {@code components/auth/login_flow.py}, 2026.2). A Core from
 * before its socket answers its Supervisor's own question only to an address that its environment names, and a pod is named by a Service.
 * What a wrong password does to a person it does here: Core notifies, and bans the Supervisor's address where that was wanted.
 */
record OpenLogin(CoreHttp http) {

    private static final Logger LOG = Logger.getLogger(OpenLogin.class.getName());
    private static final String PATH = "/auth/login_flow";
    /** Any address: nobody comes there, since the code is left to expire. */
    private static final String CLIENT = "http://supervisor/";

    private static final Duration LIMIT = Duration.ofSeconds(3);

    /**
     * {@link Verdict#NONE} when Core does not let itself be asked. A second factor is not asked for, as in Core's own check.
     *
     * @throws CoreAway before there is a verdict
     */
    Verdict check(Credentials credentials) throws CoreAway {
        String flow = step(send(
                        PATH,
                        Map.of(
                                "client_id",
                                CLIENT,
                                "redirect_uri",
                                CLIENT,
                                "handler",
                                Arrays.asList("homeassistant", null))))
                .getString("flow_id", "");
        if (!flow.matches("[0-9A-Za-z]+")) {
            return Verdict.NONE;
        }
        String path = PATH + "/" + flow;
        HttpResponse<String> answer = send(
                path,
                Map.of("client_id", CLIENT, "username", credentials.username(), "password", credentials.password()));
        JsonObject step = step(answer);
        String type = step.getString("type", "");
        if (!type.equals("create_entry")) {
            forget(path);
        }
        return switch (answer.statusCode()) {
            case HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_FORBIDDEN -> Verdict.BAD;
            default -> verdict(type, step.getString("step_id", ""));
        };
    }

    private static Verdict verdict(String type, String step) {
        return switch (type) {
            case "create_entry" -> Verdict.GOOD;
            case "form" -> step.equals("mfa") || step.equals("select_mfa_module") ? Verdict.GOOD : Verdict.BAD;
            case "abort" -> Verdict.BAD;
            default -> Verdict.NONE;
        };
    }

    /** A flow that Core does not hear of is left to Core's end; what it said before counts. */
    private void forget(String path) {
        try {
            http.send("DELETE", path, Map.of(), LIMIT);
        } catch (CoreAway failure) {
            LOG.fine(() -> "A log-in was not taken back: " + failure.getMessage());
        }
    }

    private HttpResponse<String> send(String path, Map<String, ?> question) throws CoreAway {
        return http.send("POST", path, question, LIMIT);
    }

    /** Empty for a refusal. */
    private static JsonObject step(HttpResponse<String> answer) throws CoreAway {
        return answer.statusCode() == HttpURLConnection.HTTP_OK ? CoreHttp.object(answer) : JsonValue.EMPTY_JSON_OBJECT;
    }
}
