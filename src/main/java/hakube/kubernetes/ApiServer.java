package hakube.kubernetes;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** The connection to the API server: pooled, with a deadline for each call, and none for streams. */
final class ApiServer {

    static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int MOST_WAITING = 64;

    private final Optional<Path> kubeconfig;
    private Clients clients;

    /** Does not connect, nor read files, before it is asked something. */
    ApiServer(Settings.ClusterAccess access) {
        this.kubeconfig = access.kubeconfig();
    }

    String address() {
        return clients().client().getBasePath();
    }

    /** Ends within {@link #DEADLINE}. The answer may be a refusal. */
    Answer send(ApiRequest request) {
        Clients own = clients();
        try (Response response = own.calls().newCall(request(own, request)).execute()) {
            return answer(request, response);
        } catch (IOException failure) {
            throw away(failure);
        }
    }

    /**
     * Begins a call whose answer comes later and streams.
     *
     * @param limit of the whole stream, zero for none
     */
    Pending begin(ApiRequest request, Duration limit) {
        Clients own = clients();
        return begin(own.streams().newBuilder().callTimeout(limit).build().newCall(request(own, request)));
    }

    /**
     * Begins a call without a limit on a connection of its own: what its reader does not take stays on the other side. On a shared
     * one (HTTP/2) up to 16 MiB for each stream would be held here.
     */
    Pending beginAlone(ApiRequest request) {
        Clients own = clients();
        return begin(own.streams()
                .newBuilder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .build()
                .newCall(request(own, request)));
    }

    private static Pending begin(Call call) {
        CompletableFuture<Response> response = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call answered, Response answer) {
                if (!response.complete(answer)) {
                    answer.close();
                }
            }

            @Override
            public void onFailure(Call failed, IOException failure) {
                response.completeExceptionally(failure);
            }
        });
        return new Pending(call, response);
    }

    /** For what speaks over a WebSocket: the client without a limit, and the request. */
    OkHttpClient streams() {
        return clients().streams();
    }

    Request request(ApiRequest request) {
        return request(clients(), request);
    }

    /** @throws ApiFailure.Unavailable when the API server does not know who asks */
    Answer answer(ApiRequest request, Response response) throws IOException {
        Answer answer = new Answer(request, response.code(), response.body().string());
        if (answer.status() == Answer.UNAUTHORIZED) {
            throw ApiFailure.Unavailable.cluster(
                    "The cluster at " + address() + " does not accept the Supervisor's token (" + source() + "): "
                            + answer.message(),
                    null);
        }
        return answer;
    }

    ApiFailure away(Throwable failure) {
        return ApiFailure.Unavailable.cluster(
                "The cluster at " + address() + " does not answer: " + cause(failure), failure);
    }

    private static String cause(Throwable failure) {
        return switch (failure) {
            case TimeoutException _ -> "nothing came within " + DEADLINE.toSeconds() + " s";
            case InterruptedIOException _ -> "nothing came within " + DEADLINE.toSeconds() + " s";
            case UnknownHostException _ -> "its name has no address, " + failure.getMessage();
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }

    private String source() {
        return kubeconfig.map(Path::toString).orElse("the pod's own ServiceAccount");
    }

    private static Request request(Clients own, ApiRequest request) {
        ApiClient client = own.client();
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
        if (!request.contentType().isEmpty()) {
            headers.put("Content-Type", request.contentType());
        }
        try {
            return client.buildRequest(
                    null,
                    request.target(),
                    request.method(),
                    List.of(),
                    List.of(),
                    request.contentType().isEmpty() ? null : request.body().getBytes(StandardCharsets.UTF_8),
                    headers,
                    new HashMap<>(),
                    new HashMap<>(),
                    new String[] {"BearerToken"},
                    null);
        } catch (ApiException failure) {
            throw ApiFailure.Unavailable.cluster("The request to the cluster cannot be made", failure);
        }
    }

    synchronized void close() {
        if (clients != null) {
            clients.streams().dispatcher().executorService().shutdown();
            clients.streams().connectionPool().evictAll();
        }
    }

    private synchronized Clients clients() {
        if (clients == null) {
            try {
                clients = Clients.of(kubeconfig);
            } catch (IOException | RuntimeException failure) {
                throw ApiFailure.Unavailable.cluster(
                        "The cluster cannot be reached: " + source() + " cannot be used: " + failure.getMessage(),
                        failure);
            }
        }
        return clients;
    }

    /** A call on its way. */
    record Pending(Call call, CompletableFuture<Response> response) {}

    private record Clients(ApiClient client, OkHttpClient calls, OkHttpClient streams) {

        static Clients of(Optional<Path> kubeconfig) throws IOException {
            LenientJson.install();
            ClientBuilder builder =
                    kubeconfig.isPresent() ? ClientBuilder.kubeconfig(load(kubeconfig.get())) : ClientBuilder.cluster();
            // Pings find out that a connection is dead, where a watch would wait for ever.
            ApiClient client = builder.setPingInterval(DEADLINE).build();
            Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
            dispatcher.setMaxRequests(MOST_WAITING);
            dispatcher.setMaxRequestsPerHost(MOST_WAITING);
            OkHttpClient calls = client.getHttpClient()
                    .newBuilder()
                    .dispatcher(dispatcher)
                    .connectTimeout(CONNECT)
                    .callTimeout(DEADLINE)
                    .build();
            OkHttpClient streams = calls.newBuilder()
                    .callTimeout(Duration.ZERO)
                    .readTimeout(Duration.ZERO)
                    .build();
            return new Clients(client, calls, streams);
        }

        private static KubeConfig load(Path file) throws IOException {
            try (var reader = Files.newBufferedReader(file)) {
                KubeConfig config = KubeConfig.loadKubeConfig(reader);
                config.setFile(file.toFile());
                return config;
            }
        }
    }
}
