package hakube.link;

import hakube.core.CoreAddress;
import hakube.core.CoreAddresses;
import hakube.relay.CoreLinkConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Requests to Core's HTTP API as its Supervisor user. Every status is an answer; only silence is a failure. */
@Singleton
public final class CoreHttp {

    private final CoreAddresses addresses;
    private final CoreClient client;
    private final AccessTokens tokens;

    @Inject
    CoreHttp(CoreAddresses addresses, CoreClient client, AccessTokens tokens) {
        this.addresses = addresses;
        this.client = client;
        this.tokens = tokens;
    }

    /** Whether Core is asked at its own port, as one from before its socket is. */
    public boolean isDirect() {
        return addresses.current().filter(CoreAddress.Direct.class::isInstance).isPresent();
    }

    /**
     * What Core said.
     *
     * @throws CoreAway it is no JSON object, or one that nobody could read
     */
    public static JsonObject object(HttpResponse<String> answer) throws CoreAway {
        return Wire.object(answer.body());
    }

    /**
     * A question with a whole answer of at most 16 MiB.
     *
     * @param path from the root, with query
     */
    public HttpResponse<String> get(String path, Duration limit) throws CoreAway {
        return send("GET", path, Map.of(), BodyPublishers.noBody(), CoreClient.whole(), limit);
    }

    /** A question with a JSON body; {@code null} values are sent. As {@link #get}. */
    public HttpResponse<String> send(String method, String path, Map<String, ?> json, Duration limit) throws CoreAway {
        return send(
                method,
                path,
                Map.of("Content-Type", "application/json"),
                BodyPublishers.ofString(Wire.text(json)),
                CoreClient.whole(),
                limit);
    }

    /**
     * A request whose bodies are streams; the caller closes that of the answer.
     *
     * @param headers those that the JDK's client lets be set
     * @param limit until the head of the answer is there; the bodies have none
     */
    public HttpResponse<InputStream> stream(
            String method, String path, Map<String, String> headers, BodyPublisher body, Duration limit)
            throws CoreAway {
        return send(method, path, headers, body, BodyHandlers.ofInputStream(), limit);
    }

    private <T> HttpResponse<T> send(
            String method,
            String path,
            Map<String, String> headers,
            BodyPublisher body,
            BodyHandler<T> handler,
            Duration limit)
            throws CoreAway {
        Deadline deadline = Deadline.in(limit);
        CoreAddress address = addresses.current().orElseThrow(() -> new CoreAway("Core is not running"));
        HttpRequest.Builder request = HttpRequest.newBuilder(address.base().resolve(path));
        headers.forEach(request::setHeader);
        request.method(method, body);
        return switch (address) {
            case CoreAddress.Linked linked ->
                send(request.setHeader(CoreLinkConfig.HEADER, linked.token()), handler, deadline);
            case CoreAddress.Direct direct -> send(direct, request, handler, deadline);
        };
    }

    /** An access token may have been taken back, so that one refusal is no answer yet. */
    private <T> HttpResponse<T> send(
            CoreAddress.Direct address, HttpRequest.Builder request, BodyHandler<T> handler, Deadline deadline)
            throws CoreAway {
        String first = tokens.of(address, deadline);
        HttpResponse<T> answer = send(bearing(request, first), handler, deadline);
        if (answer.statusCode() != HttpURLConnection.HTTP_UNAUTHORIZED) {
            return answer;
        }
        discard(answer.body());
        tokens.forget(first);
        return send(bearing(request, tokens.of(address, deadline)), handler, deadline);
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler, Deadline deadline)
            throws CoreAway {
        return deadline.await(client.http().sendAsync(request.build(), handler));
    }

    private static HttpRequest.Builder bearing(HttpRequest.Builder request, String token) {
        return request.setHeader("Authorization", "Bearer " + token);
    }

    private static void discard(Object body) {
        if (body instanceof InputStream stream) {
            try (stream) {
                // An open one would keep its connection.
            } catch (IOException e) {
                // It is gone all the same.
            }
        }
    }
}
