package hakube.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Stands between a client and the Supervisor: writes down what is asked and answered, whole, and can change answers. */
public final class RecordingProxy implements AutoCloseable {

    /** Of one connection, so not passed on. */
    private static final Set<String> HOP =
            Set.of("connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade", "expect");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
    private final Map<String, UnaryOperator<String>> changes = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final URI target;

    private RecordingProxy(URI target) throws IOException {
        this.target = target;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A proxy before what listens at this address. */
    public static RecordingProxy before(URI target) throws IOException {
        return new RecordingProxy(target);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Changes the bodies of answers to this path from now on. */
    public void rewrite(String path, UnaryOperator<String> change) {
        changes.put(path, change);
    }

    /** All so far that were answered, oldest first. */
    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Those of one route. */
    public List<Exchange> of(String method, String path) {
        return exchanges.stream()
                .filter(each -> each.method().equals(method) && each.path().equals(path))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            long begin = System.nanoTime();
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpResponse<byte[]> answer = client.send(request(exchange, body), BodyHandlers.ofByteArray());
            byte[] bytes = answer.body();
            String path = exchange.getRequestURI().getPath();
            UnaryOperator<String> change = changes.get(path);
            if (change != null) {
                bytes = change.apply(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            }
            exchanges.add(new Exchange(
                    exchange.getRequestMethod(),
                    path,
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                    new String(body, StandardCharsets.UTF_8),
                    answer.statusCode(),
                    new String(bytes, StandardCharsets.UTF_8),
                    Duration.ofNanos(System.nanoTime() - begin)));
            answer(exchange, answer, bytes);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer, byte[] bytes) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : bytes.length);
        if (!empty) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /**
     * One request and its answer.
     *
     * @param authorization the header as it came
     * @param asked body of the request
     * @param answered body of the answer, as the client got it
     * @param took until the Supervisor had answered in full
     */
    public record Exchange(
            String method,
            String path,
            Optional<String> authorization,
            String asked,
            int status,
            String answered,
            Duration took) {

        @Override
        public String toString() {
            return method + " " + path + " " + status;
        }
    }
}
