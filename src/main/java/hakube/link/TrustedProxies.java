package hakube.link;

import hakube.config.Cidr;
import hakube.config.Settings;
import hakube.core.Core;
import hakube.core.CoreAddresses;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Sees to it that Core, from 2026.8 on, trusts the proxies of the settings. What {@code configuration.yaml} said at Core's first
 * start is on trial there, and Core takes it back and restarts after five minutes unless somebody promotes it; a Core that has
 * its own configuration already is given one to try.
 */
@Singleton
public final class TrustedProxies {

    private static final Logger LOG = Logger.getLogger(TrustedProxies.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int CONNECT_MILLIS = 3000;
    /** One of those that are kept for documentation, so nobody's. */
    private static final String SOMEBODY = "192.0.2.1";

    private final List<String> wanted;
    private final CoreLink link;
    private final Core core;
    private final CoreAddresses addresses;
    private final CoreClient client;

    @Inject
    TrustedProxies(Settings settings, CoreLink link, Core core, CoreAddresses addresses, CoreClient client) {
        this.wanted = settings.core().trustedProxies();
        this.link = link;
        this.core = core;
        this.addresses = addresses;
        this.client = client;
    }

    /** Begins to listen; to be called once, before {@link CoreLink#begin}. */
    public void begin() {
        link.listen(new CoreLink.Listener() {
            @Override
            public void up() {
                Thread.ofVirtual().name("trusted-proxies").start(TrustedProxies.this::see);
            }

            @Override
            public void down() {}
        });
    }

    private void see() {
        try {
            HttpConfig config =
                    new HttpConfig(link.command("http/config", Map.of(), LIMIT).asJsonObject());
            take(config.step(wanted));
        } catch (CoreAway older) {
            LOG.fine(() -> "Home Assistant's HTTP configuration is left alone: " + older.getMessage());
        } catch (JsonException | ClassCastException | NullPointerException | IllegalArgumentException unexpected) {
            LOG.warning("Home Assistant tells its HTTP configuration in another form than expected");
        } catch (UncheckedIOException failure) {
            LOG.warning(() ->
                    "The managed http section is left in Home Assistant's configuration: " + failure.getMessage());
        }
    }

    private void take(HttpConfig.Step step) throws CoreAway {
        switch (step) {
            case HttpConfig.Step.Nothing() -> tidy();
            case HttpConfig.Step.Wait() -> LOG.info("Home Assistant tries another HTTP configuration at present");
            case HttpConfig.Step.GivenUp(String error) ->
                LOG.warning(
                        () -> "Home Assistant does not trust the proxies of the settings, it gave that up: " + error);
            case HttpConfig.Step.Configure(var config) -> {
                LOG.info("Home Assistant is told to trust the proxies of the settings; it restarts for that");
                link.command("http/config/configure", Map.of("config", config), LIMIT);
            }
            case HttpConfig.Step.Promote() -> {
                if (isGood()) {
                    link.command("http/config/promote", Map.of(), LIMIT);
                    LOG.info("Home Assistant trusts the proxies of the settings from now on");
                    tidy();
                }
            }
        }
    }

    /** What Core took over it reads no more, and its words about that are done with. */
    private void tidy() throws CoreAway {
        if (core.dropImportedProxies()) {
            Map<String, Object> said = Map.of("domain", "http", "issue_id", "deprecated_yaml", "ignore", true);
            try {
                link.command("repairs/ignore_issue", said, LIMIT);
            } catch (CoreAway none) {
                LOG.fine(() -> "No repair about the http section: " + none.getMessage());
            }
        }
    }

    /** Asks Core at its own port as a proxy would. Who is not among the trusted ones would be refused, so does not ask. */
    private boolean isGood() {
        Optional<URI> own = addresses.own();
        try {
            if (own.isEmpty()) {
                return false;
            }
            if (!isTrusted(own.get())) {
                LOG.info(
                        "The Supervisor is no trusted proxy itself, so it cannot try whether Home Assistant takes them");
                return true;
            }
            HttpRequest request = HttpRequest.newBuilder(own.get().resolve("/manifest.json"))
                    .header("X-Forwarded-For", SOMEBODY)
                    .build();
            int status = Deadline.in(LIMIT)
                    .await(client.http().sendAsync(request, CoreClient.whole()))
                    .statusCode();
            if (status >= 400) {
                LOG.warning(() -> "Home Assistant answers " + status + " to a trusted proxy: it takes the trial back");
            }
            return status < 400;
        } catch (IOException failure) {
            LOG.warning(() ->
                    "Home Assistant does not answer at its own port, it takes the trial back: " + failure.getMessage());
            return false;
        }
    }

    private boolean isTrusted(URI core) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(core.getHost().replaceAll("[\\[\\]]", ""), core.getPort()), CONNECT_MILLIS);
            return wanted.stream().map(Cidr::of).anyMatch(network -> network.contains(socket.getLocalAddress()));
        }
    }
}
