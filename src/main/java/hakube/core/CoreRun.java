package hakube.core;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Brings Core's pod up, down and up again. Whoever calls holds Core's job. */
@Singleton
final class CoreRun {

    private final CoreObjects objects;
    private final CoreStart start;
    private final CoreHome home;
    private final Events events;

    @Inject
    CoreRun(CoreObjects objects, CoreStart start, CoreHome home, Events events) {
        this.objects = objects;
        this.start = start;
        this.home = home;
        this.events = events;
    }

    /** From 0 replicas: the new token and the template first, then the pod. */
    CoreStart.End up(CoreOptions options) {
        home.prepare();
        objects.applyForStart(options);
        String former = podUid();
        objects.scale(1);
        return told(start.awaitReady(former));
    }

    /** Ends when the pod is gone; nothing happens where there is no StatefulSet. */
    void down() {
        if (objects.statefulSet().isPresent()) {
            objects.scale(0);
            start.awaitGone();
            events.fire(new SupervisorEvent.CoreStateChanged(false));
        }
    }

    /** Waits for the pod that is on its way. */
    CoreStart.End join() {
        return told(start.awaitReady(""));
    }

    /** Brings the template up to date; with {@code OnDelete} it touches nobody until the pod goes. */
    void applyTemplate(CoreOptions options) {
        home.prepare();
        start.awaitSeen(objects.apply(options, objects.isWanted() ? 1 : 0));
    }

    /**
     * Replaces the pod by one of the template. A pod that never became ready would stay for ever, whatever the template says
     * (kubernetes#67250), so it is deleted here and not left to the controller.
     */
    CoreStart.End renewPod() {
        String former = podUid();
        objects.deletePod();
        return told(start.awaitReady(former));
    }

    /** The pod anew from these options; a stopped Core is started. */
    CoreStart.End replace(CoreOptions options) {
        if (!objects.isWanted()) {
            return up(options);
        }
        applyTemplate(options);
        return renewPod();
    }

    private String podUid() {
        return objects.pod().map(pod -> pod.getMetadata().getUid()).orElse("");
    }

    private CoreStart.End told(CoreStart.End end) {
        if (end instanceof CoreStart.End.Ready) {
            events.fire(new SupervisorEvent.CoreStateChanged(true));
        }
        return end;
    }
}
