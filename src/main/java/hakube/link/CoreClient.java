package hakube.link;

import hakube.relay.AnyCertificate;
import hakube.relay.Layer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;

/** The one client for all that goes to Core, with its pool of connections. It asks no proxy and follows no redirect. */
@Singleton
final class CoreClient {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final long MOST_BYTES = 16L << 20;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .sslContext(AnyCertificate.context())
            .executor(threads)
            .build();
    private final Layer tls = this::encrypted;

    HttpClient http() {
        return http;
    }

    /** Its TLS, for connections that are carried on octet by octet; always the same, so that those are found again. */
    Layer tls() {
        return tls;
    }

    private Socket encrypted(Socket plain) throws IOException {
        SSLSocket layered = (SSLSocket) http.sslContext()
                .getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        layered.startHandshake();
        return layered;
    }

    /** Takes an answer of at most 16 MiB. */
    static BodyHandler<String> whole() {
        return BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES);
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
