package hakube.apps;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.kubernetes.ObjectNames;
import hakube.ports.PortEntry;
import hakube.ports.PortRegistry;
import io.kubernetes.client.common.KubernetesObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Logger;

/**
 * What in the cluster belongs to apps that {@code apps.json} does not know. It is deleted only where that list is whole: once it
 * was damaged or lost, an orphan that stays costs less than an app that goes.
 */
@Singleton
final class Orphans {

    private static final Logger LOG = Logger.getLogger(Orphans.class.getName());
    private static final List<Kind<? extends KubernetesObject>> KINDS =
            List.of(Kind.JOB, Kind.SERVICE, Kind.SECRET, Kind.DEPLOYMENT);

    private final Cluster cluster;
    private final AppsFile file;
    private final PortRegistry ports;
    private final Events events;

    @Inject
    Orphans(Cluster cluster, AppsFile file, PortRegistry ports, Events events) {
        this.cluster = cluster;
        this.file = file;
        this.ports = ports;
        this.events = events;
    }

    /**
     * Deletes them and gives their ports back, or leaves all alone and raises an issue. One's trouble is logged and stops no
     * other.
     *
     * @param gone slugs whose objects were deleted just now; the watches may still show them
     */
    void settle(Set<String> gone) {
        List<Orphan<?>> orphans = find();
        Set<String> left = new TreeSet<>();
        orphans.forEach(orphan -> left.add(orphan.slug));
        gone.forEach(slug -> left.remove(ObjectNames.labelValue(slug)));
        Optional<Path> lost = file.lostList();
        if (lost.isEmpty() && !left.isEmpty() && !file.wasFound()) {
            lost = Optional.of(file.markMissing());
        }
        if (lost.isPresent()) {
            tell(lost.get(), left);
        } else {
            orphans.forEach(this::delete);
            releasePorts();
        }
    }

    /** @param slug as a label has it */
    private record Orphan<T extends KubernetesObject>(Kind<T> kind, String name, String slug) {}

    private List<Orphan<?>> find() {
        Set<String> known = new HashSet<>();
        file.slugs().forEach(slug -> known.add(ObjectNames.labelValue(slug)));
        List<Orphan<?>> found = new ArrayList<>();
        KINDS.forEach(kind -> found.addAll(find(kind, known)));
        return found;
    }

    /** Never what is not marked as ours. */
    private <T extends KubernetesObject> List<Orphan<T>> find(Kind<T> kind, Set<String> known) {
        List<Orphan<T>> found = new ArrayList<>();
        for (T object : cluster.watched(kind).all()) {
            Map<String, String> labels = object.getMetadata().getLabels();
            if (labels != null
                    && "true".equals(labels.get(Labels.MANAGED))
                    && AppWorkload.TYPE.equals(labels.get(Labels.TYPE))
                    && !known.contains(labels.getOrDefault(Labels.SLUG, ""))) {
                found.add(
                        new Orphan<>(kind, object.getMetadata().getName(), labels.getOrDefault(Labels.SLUG, "no app")));
            }
        }
        return found;
    }

    private void delete(Orphan<?> orphan) {
        LOG.warning(() -> "Deleting " + orphan.kind.kind() + " " + orphan.name + ": no installed app has it");
        AppRecovery.quietly(orphan.name, () -> cluster.delete(orphan.kind, orphan.name));
    }

    private void releasePorts() {
        ports.entries().stream()
                .map(PortEntry::slug)
                .distinct()
                .filter(slug -> !file.knows(slug))
                .forEach(slug -> AppRecovery.quietly(slug, () -> ports.release(slug)));
    }

    private void tell(Path lost, Set<String> left) {
        if (left.isEmpty()) {
            return;
        }
        String explanation = "Objects of " + String.join(", ", left)
                + " are left alone although apps.json does not know"
                + " these apps: the list was damaged or missing, and nothing is deleted while " + lost + " is there";
        // The same issue may be open from the reading of the file, and then would say nothing.
        LOG.severe(explanation);
        events.fire(SupervisorEvent.IssueFound.damagedFile(lost, "system", explanation));
    }
}
