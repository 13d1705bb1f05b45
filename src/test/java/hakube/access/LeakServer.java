package hakube.access;

import com.sun.net.httpserver.HttpServer;
import hakube.events.Events;
import hakube.storage.Folders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that knows leaked passwords, and a look-up that asks it; both switches are on. */
public final class LeakServer implements AutoCloseable {

    private static final int SHORT = 5;

    private final HttpServer server;
    private final Set<String> leaked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger questions = new AtomicInteger();
    private final Security security;
    private volatile boolean isAway;

    public LeakServer(Path share) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            questions.incrementAndGet();
            String asked = exchange.getRequestURI().getPath().substring(1);
            StringBuilder lines = new StringBuilder("0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n");
            leaked.stream().filter(hash -> hash.startsWith(asked)).forEach(hash -> lines.append(hash.substring(SHORT))
                    .append(":2\r\n"));
            byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(isAway ? 503 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        security = new Security(new Folders(share), new Events());
        security.change("{\"force_security\": true}");
    }

    /** From now on that is leaked. @param sha1 in hex */
    public void leak(String sha1) {
        leaked.add(sha1.toUpperCase(Locale.ROOT));
    }

    /** Whether it fails at every question. */
    public void away(boolean away) {
        isAway = away;
    }

    /** How often it was asked. */
    public int questions() {
        return questions.get();
    }

    /** Asks it. */
    public LeakedPasswords lookup() {
        return new LeakedPasswords(
                security,
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/")),
                Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
