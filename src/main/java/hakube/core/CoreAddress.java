package hakube.core;

import java.net.URI;

/** Where the Supervisor reaches Core, and by what right. Holds secrets, so it shows only where. */
public sealed interface CoreAddress {

    /** Base of all requests, without a path. */
    URI base();

    /**
     * Through the side-car to Core's socket.
     *
     * @param token of the link, for its request header
     */
    record Linked(URI base, String token) implements CoreAddress {
        @Override
        public String toString() {
            return "the Core link at " + base;
        }
    }

    /**
     * At Core's own port, which may have a certificate that nobody signed.
     *
     * @param refreshToken for which Core gives access tokens (Core before 2026.9)
     */
    record Direct(URI base, String refreshToken) implements CoreAddress {
        @Override
        public String toString() {
            return "Core at " + base;
        }
    }
}
