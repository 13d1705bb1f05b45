package hakube.storage;

import hakube.config.Settings;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the shared claim is worth. Pure. */
sealed interface ClaimVerdict {

    /** Reasons of the Events that tell of a claim which waits for the first pod that uses it. */
    Set<String> WAITS_FOR_POD = Set.of("WaitForFirstConsumer", "WaitForPodScheduled");

    /** As the settings ask, or as good. {@code words} says what it is. */
    record Good(String words) implements ClaimVerdict {}

    /** There is none of that name. */
    record Absent() implements ClaimVerdict {}

    /** Cannot be used now; {@code message} names the claim, what was found, what is expected and the last Event. */
    record Unfit(String message) implements ClaimVerdict {}

    /**
     * Judges a claim.
     *
     * @param found the claim, empty when there is none
     * @param lastEvent the newest Event about it
     */
    static ClaimVerdict of(
            Optional<V1PersistentVolumeClaim> found, Settings.Claim wanted, Optional<CoreV1Event> lastEvent) {
        if (found.isEmpty()) {
            return new Absent();
        }
        V1PersistentVolumeClaim claim = found.get();
        List<String> faults = new ArrayList<>();
        phaseFault(claim, lastEvent).ifPresent(faults::add);
        modeFault(claim, wanted.allowReadWriteOnce()).ifPresent(faults::add);
        if (!wanted.storageClass().equals(claim.getSpec().getStorageClassName())) {
            String other = claim.getSpec().getStorageClassName();
            faults.add("its storage class is " + (other == null ? "not set" : "`" + other + "`") + ", expected `"
                    + wanted.storageClass() + "` (SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS)");
        }
        sizeFault(claim, wanted.size()).ifPresent(faults::add);
        if (faults.isEmpty()) {
            return new Good("Claim " + wanted.name() + " is " + phase(claim) + ", " + String.join(" ", modes(claim))
                    + ", " + size(claim).toSuffixedString());
        }
        return new Unfit("Claim " + wanted.name() + " cannot be used: " + String.join("; ", faults)
                + lastEvent.map(event -> ". Its last Event: " + words(event)).orElse(". It has no Event"));
    }

    private static Optional<String> phaseFault(V1PersistentVolumeClaim claim, Optional<CoreV1Event> lastEvent) {
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            return Optional.of("it is being deleted, expected it to stay");
        }
        boolean waitsForPod = lastEvent
                .map(CoreV1Event::getReason)
                .filter(WAITS_FOR_POD::contains)
                .isPresent();
        return switch (phase(claim)) {
            case "Bound" -> Optional.empty();
            case "Pending" ->
                waitsForPod
                        ? Optional.empty()
                        : Optional.of("it is Pending, expected Bound: no volume was found or made for it yet");
            case "Lost" -> Optional.of("it is Lost, expected Bound: its volume is gone");
            default -> Optional.of("it is " + phase(claim) + ", expected Bound");
        };
    }

    private static Optional<String> modeFault(V1PersistentVolumeClaim claim, boolean allowReadWriteOnce) {
        List<String> modes = modes(claim);
        if (modes.contains("ReadWriteMany") || (allowReadWriteOnce && modes.contains("ReadWriteOnce"))) {
            return Optional.empty();
        }
        return Optional.of("its access modes are " + modes + ", expected ReadWriteMany"
                + (allowReadWriteOnce
                        ? " or ReadWriteOnce"
                        : " (SUPERVISOR_K8S_ALLOW_RWO=true takes ReadWriteOnce on one node)"));
    }

    private static Optional<String> sizeFault(V1PersistentVolumeClaim claim, String wanted) {
        Quantity size = size(claim);
        return size.getNumber().compareTo(Quantity.fromString(wanted).getNumber()) >= 0
                ? Optional.empty()
                : Optional.of("its size is " + size.toSuffixedString() + ", expected at least " + wanted
                        + " (SUPERVISOR_K8S_SHARED_PVC_SIZE)");
    }

    /** What it has, or before it is bound, what it asks for. A volume may be larger than what was asked for. */
    private static Quantity size(V1PersistentVolumeClaim claim) {
        Optional<Quantity> capacity =
                Optional.ofNullable(claim.getStatus()).flatMap(status -> storage(status.getCapacity()));
        Optional<Quantity> request =
                Optional.ofNullable(claim.getSpec().getResources()).flatMap(asked -> storage(asked.getRequests()));
        return Stream.of(capacity, request)
                .flatMap(Optional::stream)
                .max((one, other) -> one.getNumber().compareTo(other.getNumber()))
                .orElseGet(() -> Quantity.fromString("0"));
    }

    private static Optional<Quantity> storage(Map<String, Quantity> amounts) {
        return Optional.ofNullable(amounts).map(known -> known.get("storage"));
    }

    private static List<String> modes(V1PersistentVolumeClaim claim) {
        List<String> modes = claim.getSpec().getAccessModes();
        return modes == null ? List.of() : modes;
    }

    private static String phase(V1PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getStatus())
                .map(status -> status.getPhase())
                .orElse("Pending");
    }

    private static String words(CoreV1Event event) {
        return event.getReason() + ": " + String.valueOf(event.getMessage()).strip();
    }
}
