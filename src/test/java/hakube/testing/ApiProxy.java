package hakube.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Stands between a client and the real API server: writes down what is asked, and can change answers or give its own. It
 * speaks HTTP/1.1 without TLS to the client and passes the client's token on.
 */
public final class ApiProxy implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final OkHttpClient client;
    private final String target;
    private final Path kubeconfig;
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<String> rewrite = UnaryOperator.identity();

    private ApiProxy(Path original, Path folder) throws IOException {
        ApiClient known = ControlPlane.clientOf(original);
        target = known.getBasePath();
        client = known.getHttpClient()
                .newBuilder()
                .readTimeout(Duration.ZERO)
                .followRedirects(false)
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        String own = "http://127.0.0.1:" + server.getAddress().getPort();
        kubeconfig = Files.writeString(
                folder.resolve("proxied.kubeconfig"),
                Files.readString(original).replaceFirst("(?m)^( *)server: .*$", "$1server: " + own));
    }

    /**
     * A proxy before what a kubeconfig names.
     *
     * @param folder gets the proxy's own kubeconfig
     */
    public static ApiProxy before(Path kubeconfig, Path folder) throws IOException {
        return new ApiProxy(kubeconfig, folder);
    }

    /** As the original one, and through this proxy. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** All that was asked since the last {@link #forget}. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public void forget() {
        asked.clear();
    }

    /** Changes each line of each answer from now on; an object is one line, and so is an event of a watch. */
    public void rewrite(UnaryOperator<String> change) {
        rewrite = change;
    }

    /** Requests that match get this answer instead of the API server's; until {@link #passAll}. */
    public void answer(Predicate<Asked> which, Reply reply) {
        rules.add(new Rule(which, reply));
    }

    /** From now on everything reaches the API server again. */
    public void passAll() {
        rules.clear();
        rewrite = UnaryOperator.identity();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked request = new Asked(exchange.getRequestMethod(), exchange.getRequestURI());
            asked.add(request);
            Optional<Rule> rule =
                    rules.stream().filter(each -> each.which().test(request)).findFirst();
            if (rule.isPresent()) {
                exchange.getRequestBody().readAllBytes();
                rule.get().reply().to(exchange);
            } else {
                pass(exchange);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String method = exchange.getRequestMethod();
        boolean hasBody = !method.equals("GET") && !method.equals("DELETE");
        Request.Builder request = new Request.Builder()
                .url(target + exchange.getRequestURI())
                .method(method, hasBody ? RequestBody.create(body, null) : null);
        for (String name : List.of("Authorization", "Accept", "Content-Type")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try (Response response = client.newCall(request.build()).execute()) {
            String type = response.header("Content-Type");
            exchange.getResponseHeaders().set("Content-Type", type == null ? "text/plain" : type);
            exchange.sendResponseHeaders(response.code(), 0);
            copy(response.body().source(), exchange.getResponseBody());
        }
    }

    private void copy(BufferedSource lines, OutputStream out) throws IOException {
        out.flush();
        for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
            out.write((rewrite.apply(line) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    /** One request. */
    public record Asked(String method, URI uri) {

        public String path() {
            return uri.getPath();
        }

        public boolean isWatch() {
            return isGet() && uri.getQuery() != null && uri.getQuery().contains("watch=true");
        }

        /** Whether it lists or watches this resource. */
        public boolean isListOf(String plural) {
            return isGet() && path().endsWith("/" + plural);
        }

        private boolean isGet() {
            return method.equals("GET");
        }

        @Override
        public String toString() {
            return method + " " + uri;
        }
    }

    /** What a request gets instead of the API server's answer. */
    public interface Reply {

        void to(HttpExchange exchange) throws IOException, InterruptedException;

        /** A whole answer. */
        static Reply of(int status, String json) {
            return exchange -> {
                byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            };
        }

        /** Status 200 and no byte more, until the proxy ends. */
        static Reply silence() {
            return exchange -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().flush();
                Thread.sleep(Duration.ofDays(1));
            };
        }
    }

    private record Rule(Predicate<Asked> which, Reply reply) {}
}
