package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hakube.kubernetes.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code mvn test -Dtest=AppWorkloadTest -Dgolden=write} rewrites the expected files; read what changed before you keep it. */
class AppWorkloadTest {

    static List<WorkloadCase> cases() {
        return WorkloadCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aManifestBecomesTheseObjects(WorkloadCase given) throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(given.output(), given.text());
        }
        assertEquals(Files.readString(given.output()), given.text());
    }

    @Test
    void everyFileBelongsToACase() throws IOException {
        Set<String> expected = new TreeSet<>();
        WorkloadCase.all()
                .forEach(given -> expected.addAll(List.of(
                        given.input().getFileName().toString(),
                        given.output().getFileName().toString())));
        try (Stream<Path> files = Files.list(WorkloadCase.FOLDER)) {
            assertEquals(
                    expected,
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noTokenIsInAnythingButTheSecret(WorkloadCase given) {
        given.objects().stream()
                .filter(object -> !object.getKind().equals("Secret"))
                .forEach(object ->
                        assertFalse(WorkloadCase.plain(object).toString().contains("token-of-this-start")));
    }

    @Test
    void anotherTokenChangesTheTokenHashAlone() {
        AppWorkload before = WorkloadCase.named("mosquitto").workload();
        AppWorkload after = new AppWorkload(
                before.app(), before.site(), "another", before.ingressPort(), before.relay(), before.legacy());
        assertNotEquals(
                annotations(before).get(Labels.TOKEN_HASH), annotations(after).get(Labels.TOKEN_HASH));
        assertEquals(
                annotations(before).get(Labels.CONFIG_HASH), annotations(after).get(Labels.CONFIG_HASH));
    }

    @Test
    void anotherConfigurationChangesTheConfigHashAlone() {
        AppWorkload before = WorkloadCase.named("ingress-only").workload();
        AppWorkload after =
                new AppWorkload(before.app(), before.site(), before.token(), 62001, before.relay(), before.legacy());
        assertEquals(
                annotations(before).get(Labels.TOKEN_HASH), annotations(after).get(Labels.TOKEN_HASH));
        assertNotEquals(
                annotations(before).get(Labels.CONFIG_HASH), annotations(after).get(Labels.CONFIG_HASH));
    }

    @Test
    void theHashOfATokenIsTheBeginningOfItsSha256() {
        assertEquals("ba7816bf8f01", Hashes.shortHash("abc"));
    }

    private static Map<String, String> annotations(AppWorkload workload) {
        return workload.deployment(List.of())
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations();
    }
}
