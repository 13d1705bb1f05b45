package hakube.registries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials of registries from the API to the pods, on a real API server, with the rights of {@code k8s/base}. */
class RegistriesIT {

    private static final String PASSWORD = "c0rrect-h0rse-battery";
    private static final String APP = """
            name: Private
            version: "1.0"
            slug: private
            description: An app of a registry that needs a log-in.
            arch: [amd64, aarch64]
            image: registry.example.com/private/app
            startup: application
            """;

    @TempDir
    private Path folder;

    private Space space;
    private SupervisorProcess supervisor;

    @BeforeEach
    void start() throws Exception {
        space = ControlPlane.namespace("registries");
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor = new SupervisorProcess(space, folder);
        supervisor.offer("private", APP).startToRunning();
    }

    @AfterEach
    void end() throws Exception {
        supervisor.close();
        space.close();
    }

    @Test
    void podsNameTheSecretFromTheFirstRegistryToTheLast() throws Exception {
        supervisor.post("/store/addons/local_private/install").data();
        supervisor.post("/addons/local_private/start").data();
        assertEquals(List.of(), pullSecrets(app()));

        set("registry.example.com");
        set("docker.io");
        assertEquals(
                "{\"registry.example.com\":{\"username\":\"anna\"},\"docker.io\":{\"username\":\"anna\"}}",
                supervisor.get("/docker/registries").data().get("registries").toString());
        V1Secret secret = secret().orElseThrow();
        assertEquals("kubernetes.io/dockerconfigjson", secret.getType());
        assertTrue(document(secret).contains("\"https://index.docker.io/v1/\""));

        supervisor.post("/addons/local_private/restart").data();
        supervisor.post("/core/restart").data();
        assertEquals(List.of("supervisor-registries"), pullSecrets(app()));
        assertEquals(List.of("supervisor-registries"), pullSecrets(core()));

        supervisor.stop();
        assertPasswordIsNowhere();
        supervisor.startToRunning();
        assertEquals(
                "{\"registry.example.com\":{\"username\":\"anna\"},\"docker.io\":{\"username\":\"anna\"}}",
                supervisor.get("/docker/info").data().get("registries").toString());

        remove("docker.io", 200);
        remove("docker.io", 404);
        remove("registry.example.com", 200);
        assertEquals(Optional.empty(), secret());
        supervisor.post("/addons/local_private/restart").data();
        assertEquals(List.of(), pullSecrets(app()));
    }

    private void set(String hostname) throws IOException {
        SupervisorProcess.Answer answer = supervisor.ask(
                "POST",
                "/docker/registries",
                "{\"" + hostname + "\": {\"username\": \"anna\", \"password\": \"" + PASSWORD + "\"}}");
        assertEquals("{}", answer.data().toString());
    }

    private void remove(String hostname, int status) throws IOException {
        SupervisorProcess.Answer answer = supervisor.ask("DELETE", "/docker/registries/" + hostname, "");
        assertEquals(status, answer.status(), answer.body());
    }

    /** Neither plainly nor as the Secret has it. */
    private void assertPasswordIsNowhere() throws IOException, ApiException {
        List<String> forms = List.of(
                PASSWORD,
                Base64.getEncoder().encodeToString(("anna:" + PASSWORD).getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder()
                        .encodeToString(secret().orElseThrow().getData().get(".dockerconfigjson")));
        for (String form : forms) {
            assertFalse(supervisor.logs().contains(form), form + " is in the log");
            try (Stream<Path> files = Files.walk(supervisor.share())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertFalse(
                            Files.readString(file, StandardCharsets.ISO_8859_1).contains(form), file::toString);
                }
            }
        }
    }

    private Optional<V1Secret> secret() throws ApiException {
        return new CoreV1Api(space.client())
                .listNamespacedSecret(space.name()).execute().getItems().stream()
                        .filter(secret -> secret.getMetadata().getName().equals("supervisor-registries"))
                        .findFirst();
    }

    private static String document(V1Secret secret) {
        return new String(secret.getData().get(".dockerconfigjson"), StandardCharsets.UTF_8);
    }

    private V1PodTemplateSpec app() throws ApiException {
        return new AppsV1Api(space.client())
                .readNamespacedDeployment("local-private", space.name())
                .execute()
                .getSpec()
                .getTemplate();
    }

    private V1PodTemplateSpec core() throws ApiException {
        return new AppsV1Api(space.client())
                .readNamespacedStatefulSet("homeassistant", space.name())
                .execute()
                .getSpec()
                .getTemplate();
    }

    private static List<String> pullSecrets(V1PodTemplateSpec template) {
        var references = template.getSpec().getImagePullSecrets();
        return references == null
                ? List.of()
                : references.stream().map(reference -> reference.getName()).toList();
    }
}
