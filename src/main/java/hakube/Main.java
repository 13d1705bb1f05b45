package hakube;

import io.helidon.microprofile.server.Server;

/** Starts the process. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Server.create().start();
    }
}
