package hakube.access;

import hakube.config.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;

/**
 * Looks passwords up among leaked ones, by the first five digits of their hash: neither the password nor its whole hash leaves
 * this process (upstream {@code supervisor/utils/pwned.py} and {@code supervisor/security/module.py}, 2026-08). Only while both
 * switches of {@code /security} are on, since with one of them upstream makes nothing of the answer.
 */
@Singleton
public final class LeakedPasswords {

    private static final Logger LOG = Logger.getLogger(LeakedPasswords.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** An answer has about 40 KiB. */
    private static final long LARGEST = 1 << 20;

    private static final int SHORT = 5;
    private static final int MOST_KNOWN = 1024;

    private final Security security;
    /** To which the beginning of a hash is appended; empty: nobody is asked. */
    private final Optional<URI> service;

    private final Duration limit;
    /** Whole hashes. */
    private final Set<String> leaked = ConcurrentHashMap.newKeySet();

    @Inject
    LeakedPasswords(Settings settings, Security security) {
        this(security, settings.supervisor().pwnedUrl(), LIMIT);
    }

    LeakedPasswords(Security security, Optional<URI> service, Duration limit) {
        this.security = security;
        this.service = service;
        this.limit = limit;
    }

    /** What is known of passwords. */
    public enum Verdict {
        /** None is known to be leaked, or nobody wants to know. */
        SAFE,
        /** One is. */
        LEAKED,
        /** The service did not answer. */
        UNKNOWN
    }

    /**
     * Asks for each password until one is leaked or there is no answer; takes at most 10 s for each.
     *
     * @param hashes SHA-1 in hex
     */
    public Verdict of(Set<String> hashes) {
        SecurityOptions options = security.options();
        if (service.isEmpty() || !options.pwned() || !options.forceSecurity()) {
            return Verdict.SAFE;
        }
        try {
            for (String hash : hashes) {
                if (isLeaked(service.get(), hash.toUpperCase(Locale.ROOT))) {
                    return Verdict.LEAKED;
                }
            }
            return Verdict.SAFE;
        } catch (IOException e) {
            LOG.warning(() -> "Whether passwords of apps are leaked is not known: " + e.getMessage());
            return Verdict.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.UNKNOWN;
        }
    }

    private boolean isLeaked(URI service, String hash) throws IOException, InterruptedException {
        if (leaked.contains(hash)) {
            return true;
        }
        String rest = hash.substring(SHORT);
        // Each line is the rest of a hash and how often it was seen; 0 is padding.
        boolean found = fetch(URI.create(service + hash.substring(0, SHORT)))
                .lines()
                .map(line -> line.strip().split(":", 2))
                .anyMatch(line -> line[0].equalsIgnoreCase(rest) && (line.length == 1 || !line[1].equals("0")));
        if (found) {
            if (leaked.size() >= MOST_KNOWN) {
                leaked.clear();
            }
            leaked.add(hash);
        }
        return found;
    }

    private String fetch(URI address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(limit).build();
        try {
            CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                    HttpRequest.newBuilder(address)
                            .header("Add-Padding", "true")
                            .build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST));
            HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException(address.getHost() + " answered " + response.statusCode());
            }
            return new String(response.body(), StandardCharsets.US_ASCII);
        } catch (TimeoutException e) {
            throw new IOException(address.getHost() + " did not answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(
                    address.getHost() + " cannot be reached, "
                            + e.getCause().getClass().getSimpleName(),
                    e);
        } finally {
            client.shutdownNow();
        }
    }
}
