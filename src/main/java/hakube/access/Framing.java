package hakube.access;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses, with 400 and the end of the connection, a request whose end two readers could see at different places, so that nobody behind
 * the same proxy can slip a second request into it, and one with more headers than anybody needs.
 */
final class Framing implements Filter {

    static final int MOST_HEADERS = 256;

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (isSound(request.headers())) {
            chain.proceed();
        } else {
            response.header(HeaderValues.CONNECTION_CLOSE);
            Refusal.plain(request, response, Status.BAD_REQUEST_400);
        }
    }

    private static boolean isSound(ServerRequestHeaders headers) {
        return isLengthSound(headers) && isSizeSound(headers);
    }

    private static boolean isLengthSound(ServerRequestHeaders headers) {
        List<String> length = headers.all(HeaderNames.CONTENT_LENGTH, List::of);
        List<String> coding = headers.all(HeaderNames.TRANSFER_ENCODING, List::of);
        if (!coding.isEmpty()) {
            return length.isEmpty() && coding.equals(List.of("chunked"));
        }
        return length.isEmpty()
                || length.size() == 1 && LENGTH.matcher(length.getFirst()).matches();
    }

    private static boolean isSizeSound(ServerRequestHeaders headers) {
        int count = 0;
        for (Header header : headers) {
            for (String value : header.allValues()) {
                count++;
                HeaderName name = header.headerName();
                boolean isTooLong = name.defaultCase().length() + value.length() > ContractHttp1.REQUEST_LINE;
                if (isTooLong || count > MOST_HEADERS) {
                    return false;
                }
            }
        }
        return true;
    }
}
