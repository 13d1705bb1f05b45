package hakube.kubernetes;

import hakube.api.ApiFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/**
 * One command or one attachment: a WebSocket whose messages begin with the number of a channel.
 *
 * <p>Sub-protocol {@code v5.channel.k8s.io}, which can end the input alone, else {@code v4.channel.k8s.io}, which ends it with
 * the connection (Kubernetes 1.34, {@code apimachinery/pkg/util/remotecommand}). Closing cuts the connection at once.
 */
final class ChannelSocket extends WebSocketListener implements AutoCloseable {

    static final String V5 = "v5.channel.k8s.io";
    static final String V4 = "v4.channel.k8s.io";

    private static final String PROTOCOL = "Sec-WebSocket-Protocol";
    private static final List<String> PROTOCOLS = List.of(V5, V4);
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int ERRORS = 2;
    private static final int STATUS = 3;
    private static final int END = 255;
    private static final int PIECE = 32 * 1024;
    private static final int NORMAL = 1000;
    private static final int FIRST_ERROR = 400;

    private final ApiServer server;
    private final ApiRequest request;
    private final Duration patience;
    private final long begin = System.nanoTime();
    private final Head output = new Head();
    private final Head errors = new Head();
    private final Head status = new Head();
    private final CompletableFuture<String> opened = new CompletableFuture<>();
    private final CompletableFuture<Optional<RemoteStatus>> ended = new CompletableFuture<>();
    private WebSocket socket;

    private ChannelSocket(ApiServer server, ApiRequest request, Duration patience) {
        this.server = server;
        this.request = request;
        this.patience = patience;
    }

    /**
     * Connected, or failed as any call of the port does.
     *
     * @param patience for all that is waited for, of which the connection may take 10 s
     */
    static ChannelSocket open(ApiServer server, ApiRequest request, Duration patience) {
        Request upgrade = server.request(request)
                .newBuilder()
                .header(PROTOCOL, String.join(", ", PROTOCOLS))
                .build();
        ChannelSocket channels = new ChannelSocket(server, request, patience);
        channels.socket = server.streams().newWebSocket(upgrade, channels);
        try {
            channels.protocol();
            return channels;
        } catch (ApiFailure failure) {
            channels.close();
            throw failure;
        }
    }

    /** Exit code of the command, once it has ended. */
    int exitCode() {
        return awaitEnd("The command has not ended").orElseThrow(this::broken).exitCode(request);
    }

    /** What the command has written so far, at most {@link Head#LIMIT} bytes of it. */
    String output() {
        return output.text();
    }

    /** As {@link #output}, of standard error. */
    String errors() {
        return errors.text();
    }

    /** Hands input on and ends it; the other side has taken all of it when this returns. */
    void write(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += PIECE) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE));
            send(INPUT, piece);
        }
        boolean endsInput = protocol().equals(V5);
        if (endsInput) {
            send(END, new byte[] {INPUT});
        } else {
            socket.close(NORMAL, null);
        }
        Optional<RemoteStatus> told = awaitEnd("The process has not taken its input");
        if (told.isPresent()) {
            told.get().exitCode(request);
        } else if (endsInput) {
            throw broken();
        }
    }

    @Override
    public void onOpen(WebSocket open, Response response) {
        String chosen = response.header(PROTOCOL, "");
        if (PROTOCOLS.contains(chosen)) {
            opened.complete(chosen);
        } else {
            fail(strange(
                    "sub-protocol \"" + chosen + "\" was chosen, " + String.join(" and ", PROTOCOLS) + " are known"));
        }
    }

    @Override
    public void onMessage(WebSocket open, ByteString message) {
        if (message.size() == 0) {
            return;
        }
        ByteString content = message.substring(1);
        switch (message.getByte(0) & 0xff) {
            case OUTPUT -> output.add(content);
            case ERRORS -> errors.add(content);
            case STATUS -> {
                status.add(content);
                RemoteStatus.of(status.text()).ifPresent(told -> ended.complete(Optional.of(told)));
            }
            default -> {
                // The end of a channel says nothing: the status does.
            }
        }
    }

    @Override
    public void onMessage(WebSocket open, String text) {
        fail(strange("a text message came"));
    }

    @Override
    public void onClosing(WebSocket open, int code, String reason) {
        ended.complete(Optional.empty());
        open.close(NORMAL, null);
    }

    @Override
    public void onFailure(WebSocket open, Throwable failure, Response response) {
        if (opened.isDone()) {
            fail(ApiFailure.Unavailable.cluster(
                    "The cluster at " + server.address() + " broke off " + request.resource(), failure));
        } else if (response == null) {
            fail(server.away(failure));
        } else {
            fail(refusal(response));
        }
    }

    @Override
    public void close() {
        socket.cancel();
    }

    private String protocol() {
        return await(opened, connecting(), "The cluster at " + server.address() + " does not answer: no connection");
    }

    private Duration connecting() {
        return patience.compareTo(ApiServer.DEADLINE) < 0 ? patience : ApiServer.DEADLINE;
    }

    private Optional<RemoteStatus> awaitEnd(String late) {
        return await(ended, patience, late);
    }

    private <T> T await(CompletableFuture<T> event, Duration limit, String late) {
        try {
            return event.get(begin + limit.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException end) {
            String seconds =
                    BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
            throw ApiFailure.Unavailable.cluster(late + " within " + seconds + " s", end);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof ApiFailure told ? told : server.away(failure.getCause());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw server.away(interruption);
        }
    }

    private void send(int channel, byte[] bytes) {
        byte[] message = new byte[bytes.length + 1];
        message[0] = (byte) channel;
        System.arraycopy(bytes, 0, message, 1, bytes.length);
        // A connection that is no more takes nothing; what ended it is told by what is awaited next.
        socket.send(ByteString.of(message));
    }

    private void fail(ApiFailure failure) {
        opened.completeExceptionally(failure);
        ended.completeExceptionally(failure);
    }

    private ApiFailure refusal(Response response) {
        try {
            // Not the whole body, nothing says how long it is; and a cancelled WebSocket lets this read go on.
            response.body()
                    .source()
                    .timeout()
                    .deadlineNanoTime(begin + connecting().toNanos());
            ResponseBody beginning = response.peekBody(Head.LIMIT);
            if (response.code() < FIRST_ERROR) {
                return strange("status " + response.code() + " came where a WebSocket was asked for");
            }
            Answer answer =
                    server.answer(request, response.newBuilder().body(beginning).build());
            return RemoteStatus.failure(request, answer.status(), answer.body());
        } catch (ApiFailure told) {
            return told;
        } catch (IOException failure) {
            return server.away(failure);
        }
    }

    private ApiFailure broken() {
        return ApiFailure.Unavailable.cluster(
                "The cluster at " + server.address() + " ended " + request.resource()
                        + " without a word on how it went",
                null);
    }

    private ApiFailure strange(String what) {
        return ApiFailure.Unavailable.cluster(
                "The cluster at " + server.address() + " cannot be talked to for " + request.resource() + ": " + what,
                null);
    }
}
