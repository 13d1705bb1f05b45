package hakube.storage;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1VolumeResourceRequirements;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The one claim that Supervisor, Core and apps share. Made when it is absent and that is permitted, never changed
 * (reference text of the mission, "Storage"; upstream has no counterpart).
 */
@Singleton
public final class SharedClaim {

    private static final Logger LOG = Logger.getLogger(SharedClaim.class.getName());

    private final Cluster cluster;
    private final Settings.Claim wanted;

    @Inject
    public SharedClaim(Cluster cluster, Settings settings) {
        this.cluster = cluster;
        this.wanted = settings.claim();
    }

    /** Its name. */
    public String name() {
        return wanted.name();
    }

    /**
     * Whether the claim can be used, from the watches; a claim that is absent is made first.
     *
     * @throws ApiFailure.BadRequest it cannot be used now; the message names the claim, what was found, what is expected and
     *     its last Event
     * @throws ApiFailure as {@link Cluster} does, when the claim has to be made
     */
    public void require() {
        switch (verdict()) {
            case ClaimVerdict.Good(String words) -> LOG.info(words);
            case ClaimVerdict.Unfit(String message) -> throw new ApiFailure.BadRequest(message);
            case ClaimVerdict.Absent ignored -> {
                make();
                throw new ApiFailure.BadRequest("Claim " + wanted.name() + " was made, and waits for its volume");
            }
        }
    }

    /** Waits for a change of the claim or of its Events, at most so long. */
    public void awaitChange(Duration limit) {
        ClaimVerdict before = verdict();
        cluster.watched(Kind.CLAIM)
                .await(limit, ignored -> verdict().equals(before) ? Optional.empty() : Optional.of(true));
    }

    private ClaimVerdict verdict() {
        return ClaimVerdict.of(cluster.watched(Kind.CLAIM).find(wanted.name()), wanted, lastEvent());
    }

    private void make() {
        V1PersistentVolumeClaim claim = new V1PersistentVolumeClaim()
                .metadata(new V1ObjectMeta()
                        .name(wanted.name())
                        .labels(Map.of(Labels.MANAGED, "true", Labels.TYPE, "supervisor")))
                .spec(new V1PersistentVolumeClaimSpec()
                        .accessModes(List.of("ReadWriteMany"))
                        .storageClassName(wanted.storageClass())
                        .resources(new V1VolumeResourceRequirements()
                                .requests(Map.of("storage", Quantity.fromString(wanted.size())))));
        try {
            cluster.create(Kind.CLAIM, claim, false);
            LOG.info(() -> "Made claim " + wanted.name() + " of class " + wanted.storageClass() + " and size "
                    + wanted.size());
        } catch (Cluster.Changed taken) {
            LOG.fine(() -> "Somebody else has made claim " + wanted.name());
        } catch (ApiFailure.MissingPermission forbidden) {
            throw new ApiFailure.BadRequest(
                    "Claim " + wanted.name() + " does not exist in namespace " + cluster.namespace()
                            + " and may not be made: create it with access mode ReadWriteMany, storage class "
                            + wanted.storageClass() + " and at least " + wanted.size() + ", or permit it. "
                            + forbidden.getMessage(),
                    forbidden);
        }
    }

    private Optional<CoreV1Event> lastEvent() {
        return cluster.watched(Kind.EVENT).all().stream()
                .filter(event -> "PersistentVolumeClaim"
                                .equals(event.getInvolvedObject().getKind())
                        && wanted.name().equals(event.getInvolvedObject().getName()))
                .max(Comparator.comparing(SharedClaim::time));
    }

    private static OffsetDateTime time(CoreV1Event event) {
        return Stream.of(
                        event.getLastTimestamp(),
                        event.getEventTime(),
                        event.getMetadata().getCreationTimestamp())
                .filter(time -> time != null)
                .findFirst()
                .orElse(OffsetDateTime.MIN);
    }
}
