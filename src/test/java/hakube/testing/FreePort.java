package hakube.testing;

import java.io.IOException;
import java.net.ServerSocket;

/** For a process that must be told its port before it starts. */
public final class FreePort {

    private FreePort() {}

    /** One that nobody listened on just now. */
    public static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
