package hakube.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** For a process that must be told its port before it starts. */
public final class FreePort {

    /** Below those that the kernel gives to clients: none of them takes it between this answer and the start. */
    private static final int LOWEST = 10_000;

    private static final int ABOVE = 30_000;
    private static final int TRIES = 100;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** One that nobody listened on just now, another one each time. */
    public static int find() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, ABOVE);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IOException("all ports that were tried are taken");
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        }
    }
}
