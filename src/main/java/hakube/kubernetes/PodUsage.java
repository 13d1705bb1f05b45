package hakube.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.custom.Quantity;
import java.util.Optional;

/** What the metrics API says of a pod, where there is one. */
final class PodUsage {

    private static final int AGGREGATED_API_AWAY = 503;

    private PodUsage() {}

    static Optional<Cluster.Usage> read(ApiServer server, String namespace, String pod) {
        String path = "/apis/metrics.k8s.io/v1beta1/namespaces/" + namespace + "/pods/" + pod;
        Answer answer = server.send(ApiRequest.get("get", "pods.metrics.k8s.io", path));
        if (answer.status() == Answer.NOT_FOUND || answer.status() == AGGREGATED_API_AWAY) {
            return Optional.empty();
        }
        double cores = 0;
        double bytes = 0;
        for (JsonElement container : answer.orFail().as(JsonObject.class).getAsJsonArray("containers")) {
            JsonObject usage = container.getAsJsonObject().getAsJsonObject("usage");
            cores += amount(usage, "cpu");
            bytes += amount(usage, "memory");
        }
        return Optional.of(new Cluster.Usage(cores, (long) bytes));
    }

    private static double amount(JsonObject usage, String key) {
        String text = ObjectCalls.text(usage, key);
        return text.isEmpty() ? 0 : Quantity.fromString(text).getNumber().doubleValue();
    }
}
