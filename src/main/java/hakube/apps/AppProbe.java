package hakube.apps;

import hakube.relay.AnyCertificate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks an app for a sign of life: a connection within half a second, or an answer below 300 within ten, redirects followed, certificates
 * not looked at, as upstream has it. Other than there a redirect to another host is an answer: nobody is asked whom the app may choose.
 */
@Singleton
class AppProbe {

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_REDIRECTS = 10;
    private static final int REDIRECTED = 300;
    private static final int FAILED = 400;
    private static final int FORBIDDEN = 403;

    private final HttpClient client;

    @Inject
    AppProbe() {
        client = HttpClient.newBuilder()
                .connectTimeout(ANSWER)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(AnyCertificate.context())
                .build();
    }

    /** @param host literal address of the app's pod */
    boolean answers(String host, WatchdogAddress address) throws InterruptedException {
        try {
            return address.isTcp() ? connects(host, address.port()) : isFine(host, address);
        } catch (IOException | IllegalArgumentException silent) {
            return false;
        }
    }

    private static boolean connects(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
            return true;
        }
    }

    private boolean isFine(String host, WatchdogAddress address) throws IOException, InterruptedException {
        String authority = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.port();
        URI asked = URI.create(address.scheme() + "://" + authority + address.rest());
        long end = System.nanoTime() + ANSWER.toNanos();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<Void> answer = ask(asked, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            Optional<URI> next = redirection(answer).map(asked::resolve);
            if (next.isEmpty()) {
                // 403: many let upstream's address alone in, and say so for as long as they live.
                return answer.statusCode() < REDIRECTED || answer.statusCode() == FORBIDDEN;
            } else if (!host.equals(literal(next.get()))) {
                return true;
            }
            asked = next.get();
        }
        return false;
    }

    private HttpResponse<Void> ask(URI address, Duration left) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(left).build();
        // What the app has to say beside its status is not waited for.
        return client.send(
                request,
                head -> HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofInputStream(), body -> {
                    try {
                        body.close();
                    } catch (IOException _) {
                        // It is not read, so it cannot be missed.
                    }
                    return null;
                }));
    }

    private static Optional<URI> redirection(HttpResponse<?> answer) {
        boolean isRedirection = answer.statusCode() >= REDIRECTED && answer.statusCode() < FAILED;
        return isRedirection ? answer.headers().firstValue("Location").map(URI::create) : Optional.empty();
    }

    private static String literal(URI address) {
        String host = String.valueOf(address.getHost());
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
