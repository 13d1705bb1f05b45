package hakube.auth;

import hakube.link.CoreAway;
import hakube.link.CoreHttp;
import hakube.link.CoreLink;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/** Asks Core itself (core: {@code components/hassio/auth.py} and {@code components/config/auth.py}, 2026.11). */
@Singleton
final class LinkedCore implements CoreLogin {

    private static final Logger LOG = Logger.getLogger(LinkedCore.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(9);

    private final CoreLink link;
    private final CoreHttp http;

    @Inject
    LinkedCore(CoreLink link, CoreHttp http) {
        this.link = link;
        this.http = http;
    }

    @Override
    public boolean isUp() {
        return link.isUp();
    }

    @Override
    public Verdict check(String app, Credentials credentials) {
        try {
            int status = status(
                    "/api/hassio_auth",
                    Map.of("username", credentials.username(), "password", credentials.password(), "addon", app));
            return isOfAnotherAddress(status) && http.isDirect()
                    ? new OpenLogin(http).check(credentials)
                    : verdict(status);
        } catch (CoreAway failure) {
            LOG.fine(() -> "No answer to a log-in: " + failure.getMessage());
            return Verdict.NONE;
        }
    }

    @Override
    public Verdict resetPassword(Credentials credentials) {
        Map<String, String> question = Map.of("username", credentials.username(), "password", credentials.password());
        try {
            return verdict(status("/api/hassio_auth/password_reset", question));
        } catch (CoreAway failure) {
            LOG.fine(() -> "No answer to a new password: " + failure.getMessage());
            return Verdict.NONE;
        }
    }

    @Override
    public Optional<List<CoreUser>> users() {
        try {
            JsonValue users = link.command("config/auth/list", Map.of(), LIMIT);
            return Optional.of(users.asJsonArray().getValuesAs(JsonObject.class).stream()
                    .map(LinkedCore::user)
                    .toList());
        } catch (CoreAway failure) {
            LOG.fine(() -> "No list of users: " + failure.getMessage());
        } catch (JsonException | ClassCastException | NullPointerException unexpected) {
            LOG.warning("Home Assistant lists its users in another form than expected");
        }
        return Optional.empty();
    }

    private int status(String path, Map<String, ?> question) throws CoreAway {
        return http.send("POST", path, question, LIMIT).statusCode();
    }

    /** A Core from before the socket fails to compare the Supervisor's name with an address, or finds another one. */
    private static boolean isOfAnotherAddress(int status) {
        return status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    /** Refusals of the question itself say nothing about the password. */
    private static Verdict verdict(int status) {
        return switch (status) {
            case 200 -> Verdict.GOOD;
            case 400, 404 -> Verdict.BAD;
            default -> Verdict.NONE;
        };
    }

    private static CoreUser user(JsonObject user) {
        return new CoreUser(
                user.getString("id"),
                text(user, "username"),
                text(user, "name"),
                user.getBoolean("is_owner", false),
                user.getBoolean("is_active", true),
                user.getBoolean("local_only", false),
                user.getJsonArray("group_ids").getValuesAs(JsonString::getString));
    }

    private static Optional<String> text(JsonObject user, String key) {
        return user.get(key) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
