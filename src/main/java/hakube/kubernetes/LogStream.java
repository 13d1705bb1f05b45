package hakube.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Response;

/**
 * A log as it comes. The kubelet sends not even a header before the first line of a log that is followed, so the answer may
 * still be on its way when this is handed out; closing ends the call at any time.
 */
final class LogStream extends InputStream {

    private static final Duration FIRST_LINE = Duration.ofSeconds(2);

    private final ApiServer.Pending pending;
    private InputStream body;

    private LogStream(ApiServer.Pending pending) {
        this.pending = pending;
    }

    static InputStream open(ApiServer server, ApiRequest request, boolean follows) {
        ApiServer.Pending pending = server.beginAlone(request);
        Duration patience = follows ? FIRST_LINE : ApiServer.DEADLINE;
        try {
            Response response = pending.response().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!response.isSuccessful()) {
                server.answer(request, response).orFail();
            }
        } catch (TimeoutException late) {
            if (!follows) {
                pending.call().cancel();
                throw server.away(late);
            }
        } catch (ExecutionException failure) {
            throw server.away(failure.getCause());
        } catch (IOException failure) {
            throw server.away(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            pending.call().cancel();
            throw server.away(interruption);
        }
        return new LogStream(pending);
    }

    @Override
    public int read() throws IOException {
        return body().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return body().read(bytes, offset, length);
    }

    @Override
    public void close() {
        pending.call().cancel();
        pending.response().thenAccept(Response::close);
    }

    private InputStream body() throws IOException {
        if (body == null) {
            try {
                Response response = pending.response().get();
                if (!response.isSuccessful()) {
                    throw new IOException("The log ended with status " + response.code());
                }
                body = response.body().byteStream();
            } catch (ExecutionException failure) {
                throw new IOException(failure.getCause());
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
        return body;
    }
}
