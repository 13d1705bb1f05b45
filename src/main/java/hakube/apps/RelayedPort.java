package hakube.apps;

import hakube.ports.ExternalPort;
import hakube.relay.AppRelayConfig;
import hakube.store.AppManifest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The port of a database for other apps, whose service account takes clients from {@value AppRelayConfig#ADDRESS} alone: its Service
 * leads to the relay, and a port of its own on the same Service to the app itself, for clients of the internal address, which must not
 * come from there. Pure.
 *
 * @param port of the app
 * @param relay TCP port of the relay, and of the Service's way around it
 */
record RelayedPort(int port, int relay) {

    private static final int MYSQL = 3306;

    /** Empty for an app that provides no such service, or not at its usual port. */
    static Optional<RelayedPort> of(AppManifest manifest) {
        boolean provides = "provide".equals(manifest.access().services().get("mysql"));
        AppManifest.Web web = manifest.web();
        AppPorts ports = AppPorts.of(manifest, web.ingress() ? web.ingressPort() : 0);
        return provides && ports.has(MYSQL)
                ? Optional.of(new RelayedPort(MYSQL, ports.freeAfter(AppRelay.port(ports))))
                : Optional.empty();
    }

    AppRelayConfig.Stream stream() {
        return new AppRelayConfig.Stream(relay, port);
    }

    /** Where on the Service the internal address finds each of these ports of the app. */
    Map<ExternalPort, Integer> around(Map<ExternalPort, Integer> published) {
        Map<ExternalPort, Integer> around = new LinkedHashMap<>();
        published.forEach((outside, inside) -> around.put(
                outside,
                outside.protocol() == ExternalPort.Protocol.TCP && inside == port ? Integer.valueOf(relay) : inside));
        return around;
    }
}
