package hakube.ingress;

import hakube.access.Gate;
import hakube.apps.AppIngress;
import hakube.front.RequestHead;
import hakube.front.Shortcut;
import hakube.relay.Errand;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Plain requests of browsers that would pass the gate, belong to a session and lead to an app that runs; {@link IngressRelay} has all others. */
@Singleton
final class IngressShortcut implements Shortcut {

    /** Whether there is a second version is for the server to know. */
    private static final String V2 = "/v2/";

    private final Gate gate;
    private final IngressErrands errands;
    private final AppIngress apps;

    @Inject
    IngressShortcut(Gate gate, IngressErrands errands, AppIngress apps) {
        this.gate = gate;
        this.errands = errands;
        this.apps = apps;
    }

    @Override
    public Optional<Errand> errand(RequestHead request, String peer) {
        Optional<IngressPath> path = IngressPath.of(request.path());
        if (path.isEmpty() || request.path().startsWith(V2) || !gate.isOpen(request.path(), request.query())) {
            return Optional.empty();
        }
        Optional<AppIngress.Door> door =
                apps.behind(path.get().token()).filter(one -> one.address().isPresent());
        if (door.isEmpty()) {
            return Optional.empty();
        }
        return errands.session(request.fields())
                .map(session -> errands.errand(
                        path.get(), request.query(), session, door.get(), request.fields(), peer, false));
    }
}
