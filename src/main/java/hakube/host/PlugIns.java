package hakube.host;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What is told of upstream's plug-ins; no call. */
@Singleton
final class PlugIns {

    private final OwnAddress own;
    private final Network network;

    @Inject
    PlugIns(OwnAddress own, Network network) {
        this.own = own;
        this.network = network;
    }

    /** @param word one of upstream's five. */
    PlugIn info(String word) {
        return switch (word) {
            case "audio" -> new PlugIn.Audio(own.ipv4());
            case "dns" -> PlugIn.Dns.of(network.resolver());
            case "observer" -> new PlugIn.Observer(own.ipv4());
            default -> new PlugIn.Absent();
        };
    }
}
