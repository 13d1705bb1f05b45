package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.archive.ArchiveReader;
import hakube.archive.NotABackup;
import hakube.archive.Password;
import hakube.archive.TarMember;
import hakube.link.FakeCore;
import hakube.relay.CoreLinkConfig;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A Supervisor with a Core that answers and two apps that run, one of them cold, on a real control plane. */
final class BackupWorld extends AppWorld {

    static final String COLD = "local_cold";
    static final String HOT = "local_hot";

    static final String PASSWORD = "correct horse";

    private static final int OLDER_PORT = 8123;
    private static final Duration END = Duration.ofMinutes(2);

    private FakeCore core;

    BackupWorld(Path folder, String prefix) throws IOException, ApiException {
        super(folder, prefix);
        offer("cold", "1.0", "backup: cold\n");
        offer("hot", "1.0", "backup_exclude: ['*.tmp']\nmap: ['app_config:rw']\n");
    }

    /** Both apps run, Core is connected, and there is something to back up. @param megabytes of each large file */
    BackupWorld begin(int megabytes) throws IOException, ApiException {
        run(COLD, HOT);
        core = new FakeCore(coreAddress(), CoreLinkConfig.PORT)
                .behindLink(space.secret("homeassistant-link", "token").orElseThrow());
        return fill(megabytes);
    }

    /** The same with a Core from before its socket, which knows nothing of SecureTar 3. */
    BackupWorld beginOlder(int megabytes) throws IOException, ApiException {
        supervisor.with("SUPERVISOR_CORE_VERSION", "2026.2.3");
        run(COLD, HOT);
        core = new FakeCore(coreAddress(), OLDER_PORT).asking("access");
        core.on("POST /auth/token", _ -> new FakeCore.Reply(200, "{\"access_token\":\"access\",\"expires_in\":1800}"));
        String handedOver = "{\"port\":%d,\"ssl\":false,\"refresh_token\":\"refresh\"}".formatted(OLDER_PORT);
        supervisor
                .ask(
                        "POST",
                        "/core/options",
                        handedOver,
                        space.secret("homeassistant-token", "token").orElseThrow())
                .data();
        return fill(megabytes);
    }

    private String coreAddress() throws ApiException {
        return space.pod("homeassistant-0").getStatus().getPodIP();
    }

    private BackupWorld fill(int megabytes) throws IOException {
        awaitCore();
        byte[] large = new byte[megabytes << 20];
        new Random(7).nextBytes(large);
        for (String file : List.of(
                "share/large.bin",
                "addons/data/local_cold/large.bin",
                "addons/data/local_hot/large.bin",
                "homeassistant/large.bin")) {
            Files.write(supervisor.share().resolve(file), large);
        }
        Files.writeString(supervisor.share().resolve("ssl/key.pem"), "secret");
        Files.writeString(supervisor.share().resolve("addons/data/local_hot/x.tmp"), "left out");
        return this;
    }

    void awaitCore() {
        supervisor.await("the link to Core", END, () -> supervisor
                .log()
                .contains("Home Assistant is running, it is told what happens"));
    }

    /** Types of what Core was told of backups, in order. */
    List<String> told() {
        return core.commands().stream()
                .map(command -> command.get("type").getAsString())
                .filter(type -> type.startsWith("backup/"))
                .toList();
    }

    /** What Core was told of jobs, in order. */
    List<JsonObject> toldOfJobs() {
        return core.events().stream()
                .filter(event -> event.get("event").getAsString().equals("job"))
                .map(event -> event.getAsJsonObject("data"))
                .toList();
    }

    /** Core alone may use its transit area. */
    SupervisorProcess.Answer askAsCore(String method, String path, String body) throws IOException {
        return supervisor.ask(
                method, path, body, space.secret("homeassistant-token", "token").orElseThrow());
    }

    /** Id of the job. */
    String begin(String kind, String body) throws IOException {
        return askAsCore("POST", "/backups/new/" + kind, body)
                .data()
                .get("job_id")
                .getAsString();
    }

    /** Slugs of all that is listed. */
    Set<String> listed() throws IOException {
        Set<String> slugs = new TreeSet<>();
        for (JsonElement backup : supervisor.get("/backups").data().getAsJsonArray("backups")) {
            slugs.add(backup.getAsJsonObject().get("slug").getAsString());
        }
        return slugs;
    }

    Path file(String slug) {
        return supervisor.share().resolve("backup").resolve(slug + ".tar");
    }

    /** Every part of a backup is whole. */
    private static void verify(Path file, String what) throws IOException {
        try (ArchiveReader archive = ArchiveReader.open(file)) {
            List<TarMember> members = archive.members();
            String metadata = new String(archive.read(members.getLast(), 1 << 20), StandardCharsets.UTF_8);
            Optional<Password> password = JsonParser.parseString(metadata)
                            .getAsJsonObject()
                            .get("protected")
                            .getAsBoolean()
                    ? Password.of(PASSWORD)
                    : Optional.empty();
            for (TarMember member : members.subList(0, members.size() - 1)) {
                archive.verify(member.name().replaceFirst("\\.tar\\.gz$", ""), true, password);
            }
        } catch (NotABackup damaged) {
            throw new AssertionError(what + ": " + file + " is damaged", damaged);
        }
    }

    String uid(String slug) throws ApiException {
        return new CoreV1Api(space.client())
                .listNamespacedPod(space.name())
                .labelSelector("io.hass.slug=" + slug)
                .execute()
                .getItems()
                .getFirst()
                .getMetadata()
                .getUid();
    }

    /** Both apps are up, nothing is under way, and nothing of a backup is left but whole ones. */
    boolean isSettled() throws IOException, ApiException {
        return replicas() == 2
                && isStarted(COLD)
                && isStarted(HOT)
                && isIdle()
                && !Files.readString(supervisor.share().resolve("apps.json")).contains("\"paused\"")
                && !Files.exists(supervisor.share().resolve("core-hold.json"));
    }

    private boolean isStarted(String slug) throws IOException {
        return supervisor
                .get("/addons/" + slug + "/info")
                .data()
                .get("state")
                .getAsString()
                .equals("started");
    }

    /** What is listed is whole, in all of its places, and there is nothing else. */
    void assertNothingHalf(String what) throws IOException {
        List<Path> local = files(BackupLocation.LOCAL);
        for (Path file : Stream.concat(local.stream(), files(BackupLocation.CLOUD).stream())
                .toList()) {
            assertTrue(file.getFileName().toString().endsWith(".tar"), what + ": " + file);
            verify(file, what);
        }
        assertEquals(local.size(), listed().size(), what);
    }

    /** All that lies there, whole or not. */
    List<Path> files(BackupLocation location) throws IOException {
        Path folder = supervisor.share().resolve(location.folder());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Override
    public void close() throws IOException, ApiException {
        if (core != null) {
            core.close();
        }
        super.close();
    }
}
