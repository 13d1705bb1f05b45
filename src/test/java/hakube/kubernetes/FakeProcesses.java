package hakube.kubernetes;

import hakube.kubernetes.Cluster.Execution;
import hakube.kubernetes.Cluster.Usage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the processes in the pods of a {@link FakeCluster} say, use, answer and are told. */
final class FakeProcesses {

    private final Map<String, Supplier<InputStream>> logs = new ConcurrentHashMap<>();
    private final Map<String, Usage> usages = new ConcurrentHashMap<>();
    private final Map<String, byte[]> stdin = new ConcurrentHashMap<>();
    private volatile Function<List<String>, Execution> executor = command -> new Execution(0, "", "");

    void logs(String pod, String text) {
        logs(pod, () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    void logs(String pod, Supplier<InputStream> streams) {
        logs.put(pod, streams);
    }

    InputStream log(String pod) {
        return logs.getOrDefault(pod, InputStream::nullInputStream).get();
    }

    void usage(String pod, Usage usage) {
        usages.put(pod, usage);
    }

    Optional<Usage> usage(String pod) {
        return Optional.ofNullable(usages.get(pod));
    }

    void executor(Function<List<String>, Execution> answer) {
        executor = answer;
    }

    Execution execute(List<String> command) {
        return executor.apply(command);
    }

    void write(String pod, byte[] bytes) {
        stdin.put(pod, bytes.clone());
    }

    Optional<byte[]> stdin(String pod) {
        return Optional.ofNullable(stdin.get(pod));
    }
}
