package hakube.apps;

import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.List;
import java.util.Optional;

/** Which image runs, whatever its tag says by now: out of the watched pod. Pure. */
final class ImageDigest {

    private static final String ALGORITHM = "sha256:";

    private ImageDigest() {}

    /**
     * Of the app's own container.
     *
     * @return such as {@code sha256:9f86…}: what the registry calls the image or, for one that came from no registry, the node; empty
     *     while nothing runs
     */
    static Optional<String> of(List<V1Pod> pods) {
        return AppStates.current(pods)
                .flatMap(AppStates::container)
                .map(V1ContainerStatus::getImageID)
                .flatMap(ImageDigest::read);
    }

    /** Kubelets write {@code registry/name@sha256:…}, some with a scheme before it, or the digest alone. */
    static Optional<String> read(String imageId) {
        int begin = imageId.lastIndexOf(ALGORITHM);
        boolean isWhole = begin == 0 || begin > 0 && "@/".indexOf(imageId.charAt(begin - 1)) >= 0;
        return isWhole ? Optional.of(imageId.substring(begin)) : Optional.empty();
    }
}
