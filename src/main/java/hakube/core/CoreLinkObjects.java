package hakube.core;

import hakube.access.Tokens;
import hakube.api.ApiFailure;
import hakube.config.Cidr;
import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;

/** Secret and NetworkPolicy of the Core link: reads are of the cache, writes fail as {@link Cluster} does. */
@Singleton
final class CoreLinkObjects {

    private static final Logger LOG = Logger.getLogger(CoreLinkObjects.class.getName());

    private final Cluster cluster;
    private final Settings settings;
    private final Supplier<List<Cidr>> ownAddresses;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean told = new AtomicBoolean();

    @Inject
    CoreLinkObjects(Cluster cluster, Settings settings) {
        this(cluster, settings, CoreLinkObjects::addressesOfThisMachine);
    }

    /** @param ownAddresses of a process outside of the cluster, which may reach pods by any of them */
    CoreLinkObjects(Cluster cluster, Settings settings, Supplier<List<Cidr>> ownAddresses) {
        this.cluster = cluster;
        this.settings = settings;
        this.ownAddresses = ownAddresses;
    }

    /** What the Secret holds; nothing where there is none. */
    CoreLinkSecret secret() {
        return stored().map(CoreLinkSecret::in).orElse(new CoreLinkSecret(Optional.empty(), Optional.empty()));
    }

    /** Whether Core has the side-car, by its version and the settings. */
    boolean isWanted(CoreOptions options) {
        return CoreSideCar.isWanted(options.version(), settings.core().link());
    }

    /** Whether everything is there that the side-car needs. */
    boolean isComplete(CoreOptions options) {
        return !isWanted(options) || stored().isPresent();
    }

    /**
     * Brings Secret and NetworkPolicy up to date.
     *
     * @param fresh with a new token; else the one that there is stays
     * @return a hash of the side-car's configuration, for the template; empty where Core has none
     */
    Optional<String> apply(CoreOptions options, boolean fresh) {
        boolean wanted = isWanted(options);
        change(
                options,
                known -> known.withToken(
                        wanted
                                ? known.token().filter(_ -> !fresh).or(() -> Optional.of(Tokens.fresh()))
                                : Optional.empty()));
        if (wanted) {
            applyPolicy(options);
        }
        return secret().config().filter(_ -> wanted).map(config -> CoreSecret.hash(config.text()));
    }

    /** Keeps what Core handed over to log in with; empty: it takes none any more. */
    void keepRefreshToken(CoreOptions options, Optional<String> refreshToken) {
        change(options, known -> known.withRefreshToken(refreshToken));
    }

    private void change(CoreOptions options, UnaryOperator<CoreLinkSecret> edit) {
        writing.lock();
        try {
            V1Secret wanted = edit.apply(secret()).secret(options);
            boolean isSame = stored().map(held -> texts(held).equals(texts(wanted)))
                    .orElse(wanted.getData().isEmpty());
            if (!isSame) {
                cluster.apply(Kind.SECRET, wanted);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Not everybody may make one, and not every cluster knows them: the token is the lock. */
    private void applyPolicy(CoreOptions options) {
        if (!settings.core().linkPolicy()) {
            return;
        }
        boolean isOutside = settings.cluster().kubeconfig().isPresent();
        List<Cidr> own = isOutside ? ownAddresses.get() : List.of();
        if (isOutside && own.isEmpty()) {
            // A rule for nobody in particular lets everybody in.
            LOG.warning("Every pod can knock at the Core link: the own addresses are not known");
            return;
        }
        try {
            cluster.apply(Kind.NETWORK_POLICY, new CoreLinkPolicy(options, settings, own).policy());
            told.set(false);
        } catch (ApiFailure.MissingPermission | ApiFailure.NotFound | ApiFailure.BadRequest failure) {
            if (!told.getAndSet(true)) {
                LOG.warning(() -> "Every pod can knock at the Core link, though none without its token gets in: "
                        + failure.getMessage());
            }
        }
    }

    private Optional<V1Secret> stored() {
        return cluster.watched(Kind.SECRET).find(CoreLinkSecret.NAME);
    }

    private static List<String> texts(V1Secret secret) {
        return Optional.ofNullable(secret.getData()).stream()
                .flatMap(data -> data.entrySet().stream())
                .map(entry -> entry.getKey() + " " + new String(entry.getValue(), StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }

    private static List<Cidr> addressesOfThisMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .map(Cidr::of)
                    .sorted(Comparator.comparing(Cidr::text))
                    .toList();
        } catch (SocketException e) {
            LOG.warning(() -> "The interfaces of this machine are not known: " + e.getMessage());
            return List.of();
        }
    }
}
