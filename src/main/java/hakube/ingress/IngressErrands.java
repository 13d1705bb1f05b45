package hakube.ingress;

import hakube.apps.AppIngress;
import hakube.relay.Errand;
import hakube.relay.Field;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** What becomes of a request of a browser: whose session it belongs to, and what the app behind a door is asked. */
@Singleton
final class IngressErrands {

    private final IngressSessions sessions;

    @Inject
    IngressErrands(IngressSessions sessions) {
        this.sessions = sessions;
    }

    /** The first valid session among the cookies; that it is used makes its life longer. */
    Optional<String> session(List<Field> received) {
        return SessionCookie.values(received).stream().filter(sessions::use).findFirst();
    }

    /**
     * What is to be asked.
     *
     * @param query as it came, but for what follows a {@code #}, which belongs to no request; may be empty
     * @param door has an address
     * @param peer address of whoever is connected
     * @param streams whether a body may have any length
     */
    Errand errand(
            IngressPath path,
            String query,
            String session,
            AppIngress.Door door,
            List<Field> received,
            String peer,
            boolean streams) {
        return new Errand(
                door.address().orElseThrow(),
                query.isEmpty() ? path.rest() : path.rest() + '?' + query,
                IngressHeaders.toApp(received, path.token(), sessions.userOf(session), peer, door.relayToken()),
                streams,
                IngressHeaders::toBrowser);
    }
}
