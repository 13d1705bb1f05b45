package hakube.clients;

import hakube.testing.Eventually;
import hakube.testing.Space;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.PatchUtils;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The simulated pod for which a test runs the real Core. */
record CorePod(Space space) {

    private static final String NAME = "homeassistant-0";

    /** Its address; fails where there is no pod. */
    String address() throws ApiException {
        return space.pod(NAME).getStatus().getPodIP();
    }

    /**
     * From now on it stays, deleted or not, until {@link #letGo}: as it does where a kubelet ends its processes first. The simulated
     * node lets pods alone that say so ({@code k8s/local/control-plane}).
     */
    void hold() throws ApiException {
        PatchUtils.patch(
                V1Pod.class,
                () -> new CoreV1Api(space.client())
                        .patchNamespacedPod(
                                NAME,
                                space.name(),
                                new V1Patch("{\"metadata\":{\"annotations\":{\"hakube.test/process\":\"own\"}}}"))
                        .buildCall(null),
                V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                space.client());
    }

    /** Its processes have ended. */
    void letGo() throws ApiException {
        var unused = new CoreV1Api(space.client())
                .deleteNamespacedPod(NAME, space.name())
                .gracePeriodSeconds(0)
                .execute();
    }

    /** Returns when it is to end; it is held. @return its id */
    String awaitDeletion() throws ApiException {
        Eventually.holds(
                "the deletion of Core's pod",
                JoinedCore.LIMIT,
                () -> space.pod(NAME).getMetadata().getDeletionTimestamp() != null);
        return space.pod(NAME).getMetadata().getUid();
    }

    /** Returns when there is another one than that, with an address. */
    void awaitAnother(String before) throws ApiException {
        Eventually.holds("the next pod of Core", JoinedCore.RESTART, () -> present()
                .filter(pod -> !pod.getMetadata().getUid().equals(before))
                .map(pod -> pod.getStatus().getPodIP())
                .isPresent());
    }

    /** The restore that Core is told to follow. */
    Optional<String> restoreJob() throws ApiException {
        return space.pod(NAME).getSpec().getContainers().stream()
                .flatMap(container -> Stream.ofNullable(container.getEnv()).flatMap(List::stream))
                .filter(variable -> variable.getName().equals("SUPERVISOR_RESTORE_JOB_ID"))
                .map(V1EnvVar::getValue)
                .findFirst();
    }

    private Optional<V1Pod> present() throws ApiException {
        return new CoreV1Api(space.client())
                .listNamespacedPod(space.name()).execute().getItems().stream()
                        .filter(pod -> pod.getMetadata().getName().equals(NAME))
                        .findFirst();
    }
}
