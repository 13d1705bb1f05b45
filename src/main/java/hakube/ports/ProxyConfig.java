package hakube.ports;

import hakube.relay.StreamProxyConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the proxy is told.
 *
 * @param hash changes with the text
 * @param text first line {@code # <hash>}, so that a pod can tell whether it was handed the configuration that it was made
 *     for: a kubelet may mount an older copy
 * @param readyPort TCP port that accepts once the configuration is in effect
 */
record ProxyConfig(String hash, String text, int readyPort) {

    /** Key of the ConfigMap. */
    static final String FILE = "nginx.conf";

    /** How long connections may go on after the proxy's listening sockets were closed. */
    static final Duration DRAIN = Duration.ofSeconds(60);

    /**
     * @param entries all ports; those whose Service has no address are left out
     * @param address the ClusterIP of a Service
     */
    static ProxyConfig of(List<PortEntry> entries, Function<String, Optional<String>> address, boolean ipv6) {
        List<StreamProxyConfig.Server> servers = entries.stream()
                .flatMap(entry -> address
                        .apply(entry.service())
                        .map(ip -> new StreamProxyConfig.Server(
                                entry.external().number(), isUdp(entry), ip, entry.targetPort()))
                        .stream())
                .toList();
        int readyPort = readyPort(entries);
        String text = new StreamProxyConfig(servers, ipv6, readyPort, DRAIN).text();
        String hash = hash(text);
        return new ProxyConfig(hash, "# " + hash + "\n" + text, readyPort);
    }

    /** The highest port that no app has. */
    private static int readyPort(List<PortEntry> entries) {
        Set<Integer> taken = entries.stream()
                .filter(entry -> !isUdp(entry))
                .map(entry -> entry.external().number())
                .collect(Collectors.toSet());
        int port = ExternalPort.HIGHEST;
        while (taken.contains(port)) {
            port--;
        }
        return port;
    }

    private static boolean isUdp(PortEntry entry) {
        return entry.external().protocol() == ExternalPort.Protocol.UDP;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
