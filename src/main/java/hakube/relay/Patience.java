package hakube.relay;

import java.time.Duration;

/** How long whoever carries a request on waits, whatever it waits by. */
public final class Patience {

    /** For an app to take a connection; of the design: it must be the same in and outside of the cluster. */
    public static final Duration CONNECT = Duration.ofSeconds(3);

    /** A connection to an app is kept for another request; less than servers wait by default, of which the shortest known is 5 s. */
    public static final Duration REST = Duration.ofSeconds(3);

    /** For an app that takes nothing of what it is sent. */
    public static final Duration SENDING = Duration.ofSeconds(60);

    /** For a client that takes nothing of what it is sent: long enough for a film to be stopped and go on. */
    public static final Duration TAKING = Duration.ofSeconds(300);

    /** For an answer, before it is asked whether the client is still there. */
    public static final Duration ANSWER = Duration.ofSeconds(2);

    /** So many connections to apps are kept at once. */
    public static final int MOST_AT_REST = 128;

    private Patience() {}
}
