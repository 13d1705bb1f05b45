package hakube.api;

import io.helidon.common.context.Contexts;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;

/** Whether a client wants an answer's headers alone. */
public final class HeadersOnly {

    private HeadersOnly() {}

    /**
     * Whether the request that this thread serves is {@code HEAD}, which Jersey shows to nobody: it runs the same as {@code GET},
     * body and all. What takes long to write should then be left out. False on a thread that serves no request.
     */
    public static boolean areAsked() {
        return Contexts.context()
                .flatMap(context -> context.get(ServerRequest.class))
                .filter(request -> request.prologue().method().equals(Method.HEAD))
                .isPresent();
    }
}
