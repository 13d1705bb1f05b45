package hakube.kubernetes.rights;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.EveryKind;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Sample;
import hakube.testing.Rights.Right;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** For each right of the Role, a call of the port that needs it. */
final class Uses {

    private Uses() {}

    /** A right, and what is done with it; {@code name} is that of an object that exists. */
    record Use(Right right, Call call) {
        @Override
        public String toString() {
            return right.toString();
        }
    }

    interface Call {
        void on(Cluster cluster, String name) throws Exception;
    }

    /** All but watches, and the verb create of pods/exec and pods/attach. */
    static List<Use> all() {
        List<Use> uses = new ArrayList<>();
        for (Kind<?> kind : List.of(
                Kind.POD,
                Kind.SERVICE,
                Kind.CONFIG_MAP,
                Kind.SECRET,
                Kind.DEPLOYMENT,
                Kind.STATEFUL_SET,
                Kind.JOB,
                Kind.NETWORK_POLICY,
                Kind.CLAIM,
                Kind.EVENT)) {
            uses.add(of(kind, "get", (cluster, name) -> cluster.read(kind, name)));
            uses.add(of(kind, "create", (cluster, name) -> create(cluster, kind)));
        }
        Kind.WATCHED.forEach(kind -> uses.add(of(kind, "list", (cluster, name) -> cluster.list(kind, ""))));
        for (Kind<?> kind : List.of(Kind.SERVICE, Kind.CONFIG_MAP, Kind.SECRET, Kind.DEPLOYMENT, Kind.STATEFUL_SET)) {
            uses.add(of(kind, "patch", (cluster, name) -> cluster.annotate(kind, name, Map.of("a", "b"))));
        }
        uses.add(of(Kind.NETWORK_POLICY, "patch", (cluster, name) -> apply(cluster, Kind.NETWORK_POLICY, name)));
        for (Kind<?> kind : List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET)) {
            uses.add(of(kind, "/scale", "patch", (cluster, name) -> cluster.scale(kind, name, 0)));
        }
        uses.add(of(Kind.POD, "/log", "get", (cluster, name) -> {
            try (InputStream log = cluster.log(name, new Cluster.LogRequest("addon", 10, -1, false, false))) {
                log.readAllBytes();
            }
        }));
        uses.add(of(
                Kind.POD,
                "/exec",
                "get",
                (cluster, name) -> cluster.exec(name, "addon", List.of("true"), Duration.ofSeconds(10))));
        uses.add(of(
                Kind.POD, "/attach", "get", (cluster, name) -> cluster.writeStdin(name, "addon", new byte[] {'\n'})));
        uses.add(new Use(
                new Right("metrics.k8s.io", "pods", "get"),
                (cluster, name) -> cluster.usage(new V1Pod().metadata(Sample.metadata(name)))));
        for (Kind<?> kind : List.of(
                Kind.POD,
                Kind.SERVICE,
                Kind.CONFIG_MAP,
                Kind.SECRET,
                Kind.DEPLOYMENT,
                Kind.STATEFUL_SET,
                Kind.JOB,
                Kind.NETWORK_POLICY)) {
            uses.add(of(kind, "delete", (cluster, name) -> cluster.delete(kind, name)));
        }
        return uses;
    }

    private static Use of(Kind<?> kind, String verb, Call call) {
        return of(kind, "", verb, call);
    }

    private static Use of(Kind<?> kind, String part, String verb, Call call) {
        return new Use(new Right(kind.group(), kind.plural() + part, verb), call);
    }

    private static <T extends KubernetesObject> void create(Cluster cluster, Kind<T> kind) throws Cluster.Changed {
        cluster.create(kind, EveryKind.of(kind, cluster.namespace(), "dry-run"), true);
    }

    private static <T extends KubernetesObject> void apply(Cluster cluster, Kind<T> kind, String name) {
        cluster.apply(kind, EveryKind.of(kind, cluster.namespace(), name));
    }
}
