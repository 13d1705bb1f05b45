package hakube.ports;

import java.util.Objects;

/**
 * Who owns an external port.
 *
 * @param slug full slug of the owner
 * @param service name of the owner's Service
 * @param targetPort port of that Service
 */
public record PortEntry(ExternalPort external, String slug, String service, int targetPort) {

    public PortEntry {
        Objects.requireNonNull(external, "external");
        if (slug.isEmpty() || service.isEmpty()) {
            throw new IllegalArgumentException(external + " has no owner or no service");
        }
        if (!ExternalPort.isPort(targetPort)) {
            throw new IllegalArgumentException(external + " leads to " + targetPort + ", which is no port");
        }
    }
}
