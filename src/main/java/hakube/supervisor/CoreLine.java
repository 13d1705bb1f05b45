package hakube.supervisor;

import hakube.link.CoreEvents;
import hakube.link.CoreLink;
import hakube.link.CorePushes;
import hakube.link.CoreWatch;
import hakube.link.TrustedProxies;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Brings the link to Core up, after all who are to hear of it. */
@Singleton
final class CoreLine {

    private final CoreLink link;
    private final CoreEvents events;
    private final CorePushes pushes;
    private final TrustedProxies proxies;
    private final CoreWatch watch;

    @Inject
    CoreLine(CoreLink link, CoreEvents events, CorePushes pushes, TrustedProxies proxies, CoreWatch watch) {
        this.link = link;
        this.events = events;
        this.pushes = pushes;
        this.proxies = proxies;
        this.watch = watch;
    }

    /** To be called when the watches are synced and state files are read. */
    void begin() {
        events.begin();
        pushes.begin();
        proxies.begin();
        link.begin();
        watch.begin();
    }

    void end() {
        watch.end();
        link.end();
    }
}
