package hakube.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.custom.Quantity;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.logging.Logger;

/** What the metrics API says of a pod, where there is one; where there is none the log says so once. */
final class PodUsage {

    private static final Logger LOG = Logger.getLogger(PodUsage.class.getName());
    private static final int AGGREGATED_API_AWAY = 503;

    private final Function<ApiRequest, Answer> server;
    private final String namespace;
    private final AtomicBoolean isAbsenceTold = new AtomicBoolean();

    PodUsage(Function<ApiRequest, Answer> server, String namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    Optional<Cluster.Usage> of(String pod) {
        String path = "/apis/metrics.k8s.io/v1beta1/namespaces/" + namespace + "/pods/" + pod;
        Answer answer = server.apply(ApiRequest.get("get", "pods.metrics.k8s.io", path));
        if (answer.status() == Answer.NOT_FOUND || answer.status() == AGGREGATED_API_AWAY) {
            tellAbsence(answer);
            return Optional.empty();
        }
        Cluster.Usage usage = sum(answer.orFail().as(JsonObject.class));
        isAbsenceTold.set(false);
        return Optional.of(usage);
    }

    /** A new pod has no figures yet, and the metrics API says so in an object of its own: that is no absence. */
    private void tellAbsence(Answer answer) {
        boolean isOfPod = answer.status() == Answer.NOT_FOUND && answer.body().contains("\"Status\"");
        if (!isOfPod && isAbsenceTold.compareAndSet(false, true)) {
            LOG.warning(() ->
                    "CPU and memory figures are 0: the cluster's metrics API (metrics.k8s.io, as of metrics-server) is "
                            + (answer.status() == Answer.NOT_FOUND ? "not there" : "away"));
        }
    }

    private static Cluster.Usage sum(JsonObject metrics) {
        double cores = 0;
        double bytes = 0;
        for (JsonElement container : metrics.getAsJsonArray("containers")) {
            JsonObject usage = container.getAsJsonObject().getAsJsonObject("usage");
            cores += amount(usage, "cpu");
            bytes += amount(usage, "memory");
        }
        return new Cluster.Usage(cores, (long) bytes);
    }

    private static double amount(JsonObject usage, String key) {
        String text = ObjectCalls.text(usage, key);
        return text.isEmpty() ? 0 : Quantity.fromString(text).getNumber().doubleValue();
    }
}
