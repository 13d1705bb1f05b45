package hakube.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** Git's smart HTTP protocol (gitprotocol-http) on loopback, and whatever else a test wants to answer. */
public final class GitHttpServer implements AutoCloseable {

    private static final String SERVICE = "git-upload-pack";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final GitRepositories repositories;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private volatile CountDownLatch mayServe = new CountDownLatch(0);

    public GitHttpServer(GitRepositories repositories) throws IOException {
        this(repositories, HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0));
    }

    /** @param server not started yet, such as one with TLS */
    public GitHttpServer(GitRepositories repositories, HttpServer server) {
        this.repositories = repositories;
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/git/", this::git);
        server.start();
    }

    /** From now on nothing but the first answer comes before the latch opens. */
    public void holdUntil(CountDownLatch latch) {
        mayServe = latch;
    }

    /** Answers all below a path. */
    public GitHttpServer at(String path, HttpHandler handler) {
        server.createContext(path, handler);
        return this;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public String gitUrl(String name) {
        return url("/git/" + name);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Octets of answers that were written. */
    public long sent() {
        return sent.get();
    }

    public long requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void git(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String path = exchange.getRequestURI().getPath().substring("/git/".length());
        int slash = path.indexOf('/');
        try (exchange) {
            UploadPack upload = new UploadPack(repositories.repository(path.substring(0, slash)));
            upload.setBiDirectionalPipe(false);
            upload.setExtraParameters(
                    List.of(String.valueOf(exchange.getRequestHeaders().getFirst("Git-Protocol"))
                            .split(":")));
            boolean isList = path.endsWith("/info/refs");
            exchange.getResponseHeaders()
                    .add("Content-Type", "application/x-" + SERVICE + (isList ? "-advertisement" : "-result"));
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = counted(exchange.getResponseBody());
            if (isList) {
                PacketLineOut lines = new PacketLineOut(out);
                lines.writeString("# service=" + SERVICE + "\n");
                lines.end();
                upload.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), SERVICE);
            } else {
                Eventually.opens("leave to serve", mayServe);
                upload.upload(body(exchange), out, null);
            }
        } catch (IOException gone) {
            // The client had enough.
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return isPacked ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }

    private OutputStream counted(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                sent.addAndGet(length);
            }
        };
    }

    /** A packet of the protocol. */
    public static byte[] packet(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return "%04x%s".formatted(bytes.length + 4, text).getBytes(StandardCharsets.UTF_8);
    }
}
