package hakube;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;

/** Says what kept the server from starting, and what to do. */
final class StartFailure {

    private StartFailure() {}

    static String sentence(Throwable failure, int serverPort, int managementPort) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException) {
                return taken("SERVER_PORT", serverPort, "the API")
                        + taken("MANAGEMENT_PORT", managementPort, "health and metrics")
                        + "The Supervisor cannot start: %s".formatted(reason(failure));
            }
        }
        return "The Supervisor cannot start: %s. Set SUPERVISOR_LOG_LEVEL=debug to see where this comes from."
                .formatted(reason(failure));
    }

    /** Asks again, since the server's failure does not name its port. */
    private static String taken(String variable, int port, String use) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return "";
        } catch (BindException e) {
            return "Port %d for %s is in use or not permitted (%s): end its owner, set %s to another port, or for a port below 1024 give the process the capability NET_BIND_SERVICE.%n"
                    .formatted(port, use, e.getMessage(), variable);
        } catch (IOException _) {
            return "";
        }
    }

    /** The innermost message; of a list of failures, the first. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("Exception "))
                .findFirst()
                .filter(line -> !line.equals("null"))
                .orElse(cause.getClass().getSimpleName());
    }
}
