package hakube.front;

import hakube.relay.HttpRelay;
import io.helidon.common.context.Context;
import io.helidon.common.context.Contexts;
import io.helidon.webserver.WebServerConfig;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where a server was to listen. The server itself gets a port that only this process knows, on the loopback address, and the same answers
 * there.
 */
final class ListeningSocket implements Closeable {

    /**
     * What a client may send ahead of who reads it, in octets. Helidon 4.2.6 gives its listening socket 4096, and Linux takes them for the most
     * that any of its connections will ever have, whatever is set later: an upload came in pieces of that size.
     */
    static final int AHEAD = 256 * 1024;

    private static final Duration START = Duration.ofSeconds(10);

    private final ServerSocketChannel channel;
    private final ServerSide.Seeker seeker;
    private final Duration grace;

    private ListeningSocket(ServerSocketChannel channel, ServerSide.Seeker seeker, Duration grace) {
        this.channel = channel;
        this.seeker = seeker;
        this.grace = grace;
    }

    /**
     * Listens where that server would.
     *
     * @param config before the start; changed
     * @throws IOException the port is in use or not permitted
     */
    static ListeningSocket inPlaceOf(WebServerConfig.Builder config) throws IOException {
        ServerSide.Seeker seeker = new ServerSide.Seeker();
        Context context = Context.builder()
                .id("front")
                .parent(config.serverContext().or(Contexts::context).orElseGet(Contexts::globalContext))
                .build();
        context.register(seeker);
        ListeningSocket socket = new ListeningSocket(open(config), seeker, config.shutdownGracePeriod());
        InetAddress loopback = InetAddress.getLoopbackAddress();
        config.listenerContext(context)
                .host(loopback.getHostAddress())
                .address(loopback)
                .port(0);
        return socket;
    }

    private static ServerSocketChannel open(WebServerConfig.Builder config) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        boolean isBound = false;
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, AHEAD);
            InetAddress address = InetAddress.getByName(config.host());
            channel.bind(new InetSocketAddress(address, Math.max(0, config.port())), config.backlog());
            isBound = true;
            return channel;
        } finally {
            if (!isBound) {
                channel.close();
            }
        }
    }

    int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /**
     * Begins to take connections.
     *
     * @param serverPort where the server, which has started, listens now
     */
    EventLoop start(int serverPort, Shortcut shortcut, HttpRelay relay) throws IOException {
        EventLoop loop = new EventLoop(channel, find(serverPort), shortcut, relay, grace);
        loop.start();
        return loop;
    }

    private ServerSide find(int serverPort) throws IOException {
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            // The server looks at what comes before it decides who gets a connection.
            first.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return seeker.found().get(START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The server takes no connections", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the server started", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
