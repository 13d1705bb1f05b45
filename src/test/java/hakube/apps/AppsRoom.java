package hakube.apps;

import hakube.events.SupervisorEvent;
import hakube.jobs.Jobs;
import hakube.kubernetes.FakeCluster;
import java.nio.file.Path;
import java.util.List;

/** Room {@code apps} for the tests of rooms above it: a process on a cluster that makes pods by itself. */
public final class AppsRoom {

    private final AppsHome home;

    public AppsRoom(Path share, FakeCluster cluster) {
        home = new AppsHome(share, cluster).wake();
        cluster.autoRun();
    }

    /** Installs an app that is otherwise {@link AppsHome#SAMPLE}, and starts it. @return its full slug */
    public String run(String slug, String more) {
        home.install(AppsHome.SAMPLE
                        .replace("slug: sample", "slug: " + slug)
                        .replace("name: Sample", "name: App " + slug)
                        .replace("ports: {7/tcp: 7, 7/udp: 7}\n", "")
                + more);
        home.apps.start("local_" + slug);
        return "local_" + slug;
    }

    /** Waits until nobody works on any app, so that nobody writes any more. */
    public void awaitIdle() {
        home.apps.slugs().forEach(home::awaitIdle);
    }

    public Apps apps() {
        return home.apps;
    }

    public AppSaving saving() {
        return home.saving;
    }

    public Jobs jobs() {
        return home.jobs;
    }

    /** What its jobs have told. */
    public List<SupervisorEvent> events() {
        return home.events;
    }
}
