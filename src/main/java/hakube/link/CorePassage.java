package hakube.link;

import hakube.core.CoreAddress;
import hakube.core.CoreAddresses;
import hakube.relay.CoreLinkConfig;
import hakube.relay.Field;
import hakube.relay.Layer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The way to Core for requests that others carry there as its Supervisor user (upstream {@code supervisor/api/proxy.py}, 2026-08). */
@Singleton
public final class CorePassage {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final CoreAddresses addresses;
    private final CoreClient client;
    private final CoreReport report;
    private final AccessTokens tokens;

    @Inject
    CorePassage(CoreAddresses addresses, CoreClient client, CoreReport report, AccessTokens tokens) {
        this.addresses = addresses;
        this.client = client;
        this.report = report;
        this.tokens = tokens;
    }

    /**
     * Where to, and by what right. Holds a secret, so it shows only where.
     *
     * @param pass the header that lets a request in; must not go back to anybody
     * @param accessToken with which a WebSocket logs in; empty where the header is enough
     */
    public record Way(InetSocketAddress far, Layer layer, String host, Field pass, Optional<String> accessToken) {
        @Override
        public String toString() {
            return "the way to Core at " + host;
        }
    }

    /**
     * Asks Core whether it runs, and with that whether the Supervisor is let in.
     *
     * @param limit for all questions
     * @throws CoreAway it does not run, or not yet, or gives no answer in time
     */
    public Way open(Duration limit) throws CoreAway {
        Deadline deadline = Deadline.in(limit);
        if (!report.servesApps(limit)) {
            throw new CoreAway("Core is not running");
        }
        CoreAddress address = addresses.current().orElseThrow(() -> new CoreAway("Core is not running"));
        return switch (address) {
            case CoreAddress.Linked linked ->
                way(address.base(), new Field(CoreLinkConfig.HEADER, linked.token()), Optional.empty());
            case CoreAddress.Direct direct -> {
                String token = tokens.of(direct, deadline);
                yield way(address.base(), new Field("Authorization", "Bearer " + token), Optional.of(token));
            }
        };
    }

    /** Core does not take this way's token any more: the next way has another one. */
    public void refused(Way way) {
        way.accessToken().ifPresent(tokens::forget);
    }

    private Way way(URI base, Field pass, Optional<String> accessToken) {
        boolean isTls = base.getScheme().equals("https");
        String host = base.getHost();
        InetAddress address = InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        int port = base.getPort() >= 0 ? base.getPort() : isTls ? HTTPS : HTTP;
        return new Way(
                new InetSocketAddress(address, port),
                isTls ? client.tls() : Layer.NONE,
                base.getAuthority(),
                pass,
                accessToken);
    }
}
