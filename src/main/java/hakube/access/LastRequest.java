package hakube.access;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Closes the connection after the answer to a request that says {@code Connection: close}, and after an answer that says so. Helidon
 * 4.2.6 leaves that to the client and to the idle time-out of five minutes, so whoever reads to the end hangs, and descriptors stay.
 *
 * <p>A body that nobody wanted is read to its end and thrown away, up to a limit: with something unread the kernel would answer with a
 * reset, and the client might lose the answer.
 */
final class LastRequest implements Filter {

    private static final int MOST_DROPPED = 64 * 1024 * 1024;
    private static final Duration LINGER = Duration.ofSeconds(10);

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        InputStream[] opened = new InputStream[1];
        request.streamFilter(body -> {
            opened[0] = body;
            return body;
        });
        chain.proceed();
        if (!response.isSent()) {
            return;
        }
        boolean isRead = !request.content().hasEntity() || request.content().consumed();
        boolean isLast = isLast(request, response);
        if (isRead && !isLast) {
            return;
        }
        response.commit();
        boolean isDropped = isRead || isBodyComing(request) && drop(body(request, opened[0]));
        if (isLast || !isDropped) {
            throw new CloseConnectionException("Nothing more comes after this answer");
        }
    }

    private static boolean isLast(RoutingRequest request, RoutingResponse response) {
        return request.headers()
                        .first(HeaderNames.CONNECTION)
                        .filter("close"::equalsIgnoreCase)
                        .isPresent()
                || response.headers().contains(HeaderValues.CONNECTION_CLOSE);
    }

    /** Whoever waits for a {@code 100 Continue} has got the answer instead and sends no body. */
    private static boolean isBodyComing(RoutingRequest request) {
        return request.continueSent() || !request.headers().contains(HeaderValues.EXPECT_100);
    }

    private static InputStream body(RoutingRequest request, InputStream opened) {
        return opened == null ? request.content().inputStream() : opened;
    }

    /** Whether the end came within the limits. */
    private static boolean drop(InputStream body) {
        byte[] buffer = new byte[8192];
        long end = System.nanoTime() + LINGER.toNanos();
        try {
            long dropped = 0;
            int length = body.read(buffer);
            while (length >= 0) {
                dropped += length;
                if (dropped > MOST_DROPPED || System.nanoTime() - end > 0) {
                    return false;
                }
                length = body.read(buffer);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            // The client went away, or sent what is no body: there is nothing left to save.
            return false;
        }
    }
}
