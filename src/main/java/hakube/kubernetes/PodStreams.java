package hakube.kubernetes;

import hakube.api.ApiFailure;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Logs, commands and standard input of pods. */
final class PodStreams {

    private final ApiServer server;
    private final ObjectCalls calls;
    private static final Resource PODS = Resource.of(Kind.POD);

    PodStreams(ApiServer server, ObjectCalls calls) {
        this.server = server;
        this.calls = calls;
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
        throw ApiFailure.Unavailable.notReady("Running commands");
    }

    void writeStdin(String pod, String container, byte[] bytes) {
        throw ApiFailure.Unavailable.notReady("Writing to standard input");
    }
}
