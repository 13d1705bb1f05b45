package hakube.link;

import hakube.core.CoreAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Access tokens of Cores that take a refresh token (before 2026.9); one is kept until it runs out or Core refuses it (upstream
 * {@code supervisor/homeassistant/api.py}, 2026-08).
 */
@Singleton
final class AccessTokens {

    /** One that is about to run out is not used any more. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final CoreClient client;
    private final LongSupplier nanoTime;
    /** Of whoever fetches: the others wait for what it gets. */
    private final ReentrantLock fetching = new ReentrantLock();

    private volatile Kept kept = new Kept("", "", 0);

    @Inject
    AccessTokens(CoreClient client) {
        this(client, System::nanoTime);
    }

    AccessTokens(CoreClient client, LongSupplier nanoTime) {
        this.client = client;
        this.nanoTime = nanoTime;
    }

    /** Holds secrets, so it shows nothing. */
    private record Kept(String refreshToken, String accessToken, long endNanos) {
        @Override
        public String toString() {
            return "an access token";
        }
    }

    /** @throws CoreAway Core gives none, or no answer in time */
    String of(CoreAddress.Direct address, Deadline deadline) throws CoreAway {
        Kept known = kept;
        if (isGood(known, address)) {
            return known.accessToken();
        }
        deadline.lock(fetching);
        try {
            if (!isGood(kept, address)) {
                kept = fetch(address, deadline);
            }
            return kept.accessToken();
        } finally {
            fetching.unlock();
        }
    }

    /** Core refused this one: the next question fetches another. */
    void forget(String accessToken) {
        if (kept.accessToken().equals(accessToken)) {
            kept = new Kept("", "", 0);
        }
    }

    private boolean isGood(Kept known, CoreAddress.Direct address) {
        return known.refreshToken().equals(address.refreshToken()) && nanoTime.getAsLong() - known.endNanos() < 0;
    }

    private Kept fetch(CoreAddress.Direct address, Deadline deadline) throws CoreAway {
        String form = "grant_type=refresh_token&refresh_token="
                + URLEncoder.encode(address.refreshToken(), StandardCharsets.UTF_8);
        HttpResponse<String> answer = deadline.await(client.http()
                .sendAsync(
                        HttpRequest.newBuilder(address.base().resolve("/auth/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        CoreClient.whole()));
        if (answer.statusCode() != 200) {
            throw new CoreAway("Core gives no access token: status " + answer.statusCode());
        }
        JsonObject tokens = Wire.object(answer.body());
        try {
            Duration life = Duration.ofSeconds(tokens.getInt("expires_in")).minus(MARGIN);
            return new Kept(
                    address.refreshToken(), tokens.getString("access_token"), nanoTime.getAsLong() + life.toNanos());
        } catch (JsonException | ClassCastException | NullPointerException e) {
            throw new CoreAway("Core gives an access token in another form than expected", e);
        }
    }
}
