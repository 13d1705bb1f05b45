package hakube.supervisor;

import hakube.access.Caller;
import hakube.relay.WholeAnswer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Sends the answers that clients ask for again and again from bytes kept ready, behind the gate and before JAX-RS, which
 * stays the one place that makes them. An answer serves the same caller as long as nothing that it is made of has changed,
 * and {@link ReadyAnswer#LIFE} at most where a state is a matter of time; then one caller waits for the next one, the others do not.
 */
@Singleton
final class ReadyAnswers implements Filter {

    private static final Pattern KEPT = Pattern.compile(
            "(/v2)?/(info|supervisor/ping|core/info|supervisor/info|jobs/info|store)|(/store)?/addons|/addons/[^/]+/info"
                    + "|/v2((/store)?/apps|/apps/[^/]+/info)");

    /** No state of an app is in them, and so nothing that the clock decides. */
    private static final Pattern TIMELESS = Pattern.compile("(/v2)?/store|/store/addons|/v2/store/apps");

    private static final int MOST = 128;
    private static final int LARGEST = 256 * 1024;

    private final Revision.Source revisions;
    private final Map<Key, ReadyAnswer> kept = new ConcurrentHashMap<>();
    /** Grows before and after each request that may change something, so that whoever made it sees it. */
    private final AtomicLong writes = new AtomicLong();

    @Inject
    ReadyAnswers(Revision.Source revisions) {
        this.revisions = revisions;
    }

    /** @param caller empty on an open path */
    private record Key(String path, Optional<Caller> caller) {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Method method = request.prologue().method();
        if (!method.equals(Method.GET)) {
            proceedWithWrite(chain, method);
            return;
        }
        Optional<Key> key = key(request);
        if (key.isEmpty()) {
            chain.proceed();
            return;
        }
        ReadyAnswer.Basis basis = new ReadyAnswer.Basis(writes.get(), revisions.now());
        ReadyAnswer ready = kept.get(key.get());
        if (ready != null && WholeAnswer.fits(request, response) && ready.serves(basis, System.nanoTime())) {
            ready.whole().send(response);
            return;
        }
        proceedAndKeep(chain, response, key.get(), basis);
    }

    private void proceedWithWrite(FilterChain chain, Method method) {
        if (method.equals(Method.HEAD)) {
            chain.proceed();
            return;
        }
        writes.incrementAndGet();
        try {
            chain.proceed();
        } finally {
            writes.incrementAndGet();
        }
    }

    private void proceedAndKeep(FilterChain chain, RoutingResponse response, Key key, ReadyAnswer.Basis basis) {
        Tee[] tee = new Tee[1];
        response.streamFilter(out -> tee[0] = new Tee(out, LARGEST));
        chain.proceed();
        boolean isWhole =
                tee[0] != null && tee[0].isWhole() && response.status().equals(Status.OK_200);
        if (isWhole
                && response.headers()
                        .first(HeaderNames.CONTENT_TYPE)
                        .filter(type -> type.startsWith("application/json"))
                        .isPresent()) {
            if (kept.size() >= MOST) {
                kept.clear();
            }
            Duration life = TIMELESS.matcher(key.path()).matches() ? ReadyAnswer.LONG_LIFE : ReadyAnswer.LIFE;
            kept.put(key, ReadyAnswer.of(basis, System.nanoTime(), life, tee[0].copy()));
        }
    }

    /** Empty for what is not kept: another path, or a query. */
    private static Optional<Key> key(RoutingRequest request) {
        String path = request.prologue().uriPath().rawPath();
        if (!request.prologue().query().isEmpty() || !KEPT.matcher(path).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Key(path, request.context().get(Caller.class)));
    }
}
