package hakube.access;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Closes the connection after an answer when it or its request says {@code Connection: close}. Helidon 4.2.6 leaves that to the
 * client and to the idle time-out of five minutes, so whoever reads to the end hangs, and descriptors stay.
 */
final class LastRequest implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        chain.proceed();
        boolean isRead = !request.content().hasEntity() || request.content().consumed();
        // With something unread the kernel would answer with a reset, and the client might lose the answer.
        if ((isLast(request.headers()) || isLast(response.headers())) && response.isSent() && isRead) {
            response.commit();
            throw new CloseConnectionException("One side asked for it");
        }
    }

    private static boolean isLast(Headers headers) {
        return headers.first(HeaderNames.CONNECTION)
                .filter("close"::equalsIgnoreCase)
                .isPresent();
    }
}
