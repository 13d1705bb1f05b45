package hakube.relay;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/**
 * When the kernel ends a connection whose other side is silent and gone, as after its node's fall: after a minute in which nothing passed it
 * asks, each 15 s, four times. Linux by itself would wait for two hours, and a WebSocket that is idle may be so for days.
 */
public final class KeepAlive {

    /** Seconds, and a count. Only with {@code SO_KEEPALIVE}. */
    public static final Map<SocketOption<Integer>, Integer> OPTIONS = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 60,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 15,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 4);

    private KeepAlive() {}

    /** On a connection, which sends what it is given at once, too. */
    public static void set(SocketChannel connection) throws IOException {
        connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connection.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (Map.Entry<SocketOption<Integer>, Integer> option : OPTIONS.entrySet()) {
            connection.setOption(option.getKey(), option.getValue());
        }
    }
}
