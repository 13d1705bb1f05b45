package hakube.kubernetes;

import hakube.api.ApiFailure;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Logs, commands and standard input of pods. */
final class PodStreams {

    static final int LARGEST_INPUT = 4 << 20;

    private static final Resource PODS = Resource.of(Kind.POD);

    private final ApiServer server;
    private final ObjectCalls calls;
    private final Duration patience;

    PodStreams(ApiServer server, ObjectCalls calls) {
        this(server, calls, ApiServer.DEADLINE);
    }

    /** @param patience with a process that does not take its input */
    PodStreams(ApiServer server, ObjectCalls calls, Duration patience) {
        this.server = server;
        this.calls = calls;
        this.patience = patience;
    }

    InputStream log(String pod, Cluster.LogRequest wanted) {
        ApiRequest request = ApiRequest.get("get", "pods/log", calls.path(PODS, pod) + "/log")
                .with("container", wanted.container())
                .with("timestamps", "true")
                .with("follow", Boolean.toString(wanted.follow()))
                .with("previous", Boolean.toString(wanted.previous()));
        if (wanted.tailLines() >= 0) {
            request = request.with("tailLines", Long.toString(wanted.tailLines()));
        }
        if (wanted.sinceNanos() >= 0) {
            Instant since = Instant.ofEpochSecond(0, wanted.sinceNanos());
            request = request.with("sinceTime", since.toString());
        }
        return LogStream.open(server, request, wanted.follow());
    }

    Cluster.Execution exec(String pod, String container, List<String> command, Duration deadline) {
        ApiRequest request = toContainer("exec", pod, container, false).with("command", command);
        try (ChannelSocket channels = ChannelSocket.open(server, request, deadline)) {
            int exitCode = channels.exitCode();
            return new Cluster.Execution(exitCode, channels.output(), channels.errors());
        }
    }

    void writeStdin(String pod, String container, byte[] bytes) {
        if (bytes.length > LARGEST_INPUT) {
            throw new ApiFailure.BadRequest("The input for pod " + pod + " is too large: " + bytes.length
                    + " bytes, at most " + LARGEST_INPUT + " are allowed");
        }
        ApiRequest request = toContainer("attach", pod, container, true);
        try (ChannelSocket channels = ChannelSocket.open(server, request, patience)) {
            channels.write(bytes);
        }
    }

    private ApiRequest toContainer(String what, String pod, String container, boolean writes) {
        return ApiRequest.get("get", "pods/" + what, calls.path(PODS, pod) + "/" + what)
                .with("container", container)
                .with("stdin", Boolean.toString(writes))
                .with("stdout", Boolean.toString(!writes))
                .with("stderr", Boolean.toString(!writes))
                .with("tty", "false");
    }
}
