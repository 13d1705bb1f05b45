package hakube.kubernetes;

import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import java.util.Set;

/** Tells a container's wait that leads nowhere from one that passes. Pure. */
public final class FailedWait {

    private static final Set<String> REASONS = Set.of(
            "CrashLoopBackOff",
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    /**
     * How the kubelet says that its own copy of a Secret or a ConfigMap has not come within a second, after which it tries again
     * (Kubernetes 1.34, {@code pkg/kubelet/util/manager/watch_based_manager.go}).
     */
    private static final String NOT_YET = "timed out waiting for the condition";

    private FailedWait() {}

    /** @param waiting null when the container does not wait */
    public static boolean is(V1ContainerStateWaiting waiting) {
        return waiting != null && REASONS.contains(waiting.getReason()) && !isPassing(waiting.getMessage());
    }

    private static boolean isPassing(String message) {
        return message != null && message.startsWith("failed to sync ") && message.endsWith(NOT_YET);
    }
}
