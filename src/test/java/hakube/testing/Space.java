package hakube.testing;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.RbacAuthorizationV1Api;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1HostPathVolumeSource;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeSpec;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.Response;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A namespace of one test, as an installation would have made it: with ServiceAccount {@code supervisor} and its rights.
 * Closing it removes the namespace without waiting for its end.
 */
public final class Space implements AutoCloseable {
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private final String name;
    private final ApiClient client;
    private final Path adminKubeconfig;
    private final Path supervisorKubeconfig;

    private Space(String name, ApiClient client, Path adminKubeconfig, Path supervisorKubeconfig) {
        this.name = name;
        this.client = client;
        this.adminKubeconfig = adminKubeconfig;
        this.supervisorKubeconfig = supervisorKubeconfig;
    }

    static Space create(ApiClient admin, Path state, String prefix) throws IOException, ApiException {
        String name = prefix + "-"
                + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        CoreV1Api core = new CoreV1Api(admin);
        core.createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(name)))
                .execute();
        makeDefaultAccount(core, name);
        Path base = ControlPlane.checkout().resolve("k8s/base");
        V1ServiceAccount account = load(base.resolve("service-account.yaml"), V1ServiceAccount.class);
        core.createNamespacedServiceAccount(name, account).execute();
        RbacAuthorizationV1Api rbac = new RbacAuthorizationV1Api(admin);
        rbac.createNamespacedRole(name, load(base.resolve("role.yaml"), V1Role.class))
                .execute();
        V1RoleBinding binding = load(base.resolve("role-binding.yaml"), V1RoleBinding.class);
        binding.getSubjects().forEach(subject -> subject.setNamespace(name));
        rbac.createNamespacedRoleBinding(name, binding).execute();

        AuthenticationV1TokenRequest request = new AuthenticationV1TokenRequest()
                .spec(new V1TokenRequestSpec().expirationSeconds(TOKEN_LIFE.toSeconds()));
        String token = core.createNamespacedServiceAccountToken(
                        account.getMetadata().getName(), name, request)
                .execute()
                .getStatus()
                .getToken();
        Path folder = Files.createDirectories(state.resolve("spaces"));
        String adminText = Files.readString(state.resolve("admin.kubeconfig"));
        return new Space(
                name,
                admin,
                Files.writeString(folder.resolve(name + "-admin.kubeconfig"), kubeconfig(adminText, name, null)),
                Files.writeString(folder.resolve(name + "-supervisor.kubeconfig"), kubeconfig(adminText, name, token)));
    }

    public String name() {
        return name;
    }

    /** A kubeconfig of the cluster's administrator whose context is this namespace. */
    public Path adminKubeconfig() {
        return adminKubeconfig;
    }

    /** A kubeconfig of ServiceAccount {@code supervisor}, good for 12 h, whose context is this namespace. */
    public Path supervisorKubeconfig() {
        return supervisorKubeconfig;
    }

    /** The value of one key of a Secret; empty when there is none. */
    public Optional<String> secret(String secret, String key) throws IOException {
        try {
            V1Secret read =
                    new CoreV1Api(client).readNamespacedSecret(secret, name).execute();
            return Optional.ofNullable(read.getData())
                    .map(data -> data.get(key))
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        } catch (ApiException failure) {
            if (failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw new IOException(failure.getResponseBody(), failure);
        }
    }

    /** A pod as the control plane has it now. */
    public V1Pod pod(String pod) throws ApiException {
        return new CoreV1Api(client).readNamespacedPod(pod, name).execute();
    }

    /** A volume that only a claim of this namespace can have. */
    public void makeVolume(String claim, String storageClass, String size) throws ApiException {
        new CoreV1Api(client)
                .createPersistentVolume(new V1PersistentVolume()
                        .metadata(new V1ObjectMeta().name(name + "-" + claim))
                        .spec(new V1PersistentVolumeSpec()
                                .accessModes(List.of("ReadWriteMany"))
                                .capacity(Map.of("storage", Quantity.fromString(size)))
                                .storageClassName(storageClass)
                                .claimRef(
                                        new V1ObjectReference().namespace(name).name(claim))
                                .hostPath(new V1HostPathVolumeSource().path("/nowhere"))))
                .execute();
    }

    /** The token in {@link #supervisorKubeconfig}. */
    public String supervisorToken() throws IOException {
        try (var reader = Files.newBufferedReader(supervisorKubeconfig)) {
            return KubeConfig.loadKubeConfig(reader).getCredentials().get(KubeConfig.CRED_TOKEN_KEY);
        }
    }

    /** The administrator's client, shared with other spaces. */
    public ApiClient client() {
        return client;
    }

    @Override
    public void close() throws ApiException {
        // Not execute(): the model of the answer is a Status, what comes is the Namespace.
        try (Response response =
                new CoreV1Api(client).deleteNamespace(name).buildCall(null).execute()) {
            if (!response.isSuccessful()) {
                throw new ApiException(response.code(), "namespace " + name + " cannot be deleted");
            }
        } catch (IOException failure) {
            throw new ApiException(failure);
        }
    }

    /** The controller makes it, too, perhaps a moment later; pods that come earlier would be refused. */
    private static void makeDefaultAccount(CoreV1Api core, String namespace) throws ApiException {
        V1ServiceAccount account = new V1ServiceAccount().metadata(new V1ObjectMeta().name("default"));
        try {
            core.createNamespacedServiceAccount(namespace, account).execute();
        } catch (ApiException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw failure;
            }
        }
    }

    private static <T> T load(Path file, Class<T> type) throws IOException {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        return JSON.deserialize(JSON.serialize(value), type);
    }

    /** The script's own kubeconfig with the namespace in its context and, where one is given, another token. */
    private static String kubeconfig(String admin, String namespace, String token) {
        String text = admin.replaceFirst("(?m)^( *)cluster: local$", "$1cluster: local\n$1namespace: " + namespace);
        return token == null ? text : text.replaceFirst("(?m)^( *)token: .*$", "$1token: " + token);
    }
}
