package hakube.kubernetes;

/**
 * A kind of object that the client has no model of, such as a Gateway. The cluster need not serve it.
 *
 * @param plural the resource as a Role and a URL write it
 */
public record CustomKind(String group, String version, String kind, String plural) {

    /** {@code gateway.networking.k8s.io/v1}. */
    public String apiVersion() {
        return group + "/" + version;
    }
}
