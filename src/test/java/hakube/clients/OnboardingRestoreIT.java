package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.clients.CoreOnboarding.Answer;
import hakube.testing.HomeAssistant;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever moves uploads the backup of the old home where a new Home Assistant Core asks its first questions, and has the old home
 * again: its users, its apps, its files.
 */
class OnboardingRestoreIT {

    private static final String BROKER = "local_broker";
    private static final String SCRIPTS = "homeassistant/scripts.yaml";
    private static final String KEPT = "addons/data/" + BROKER + "/kept.txt";
    private static final String PICTURE = "share/picture";
    private static final int ELEVATION = 17;

    /** More than Core takes of somebody unknown in any other request, which is 64 KiB. */
    private static final byte[] COLOURS = new byte[200_000];

    static {
        new Random(1).nextBytes(COLOURS);
    }

    @TempDir
    private Path folder;

    @Test
    void theOldHomeIsRestoredWhereTheNewOneAsksItsFirstQuestions() throws Exception {
        byte[] archive = oldHome();
        try (JoinedCore joined = JoinedCore.beforeOnboarding(folder.resolve("new"), home());
                CoreOnboarding browser = CoreOnboarding.of(joined)) {
            // No person is as quick as that.
            joined.awaitPromotion();
            String backup = upload(joined, browser, archive);
            assertTheWrongPasswordIsTold(joined, browser, backup);

            restore(joined, browser, backup);

            assertNobodyUnknownIsHeard(browser, backup, archive);
            joined.core().await("the log-in of the old home", JoinedCore.RESTART, () -> logsIn(joined, browser));
            new CoreBackups(joined.core()).awaitEnd("restore_backup");
            assertTheOldHomeIsThere(joined);
        }
    }

    private static CoreHome home() {
        return CoreHome.fresh().unrecorded().with("broker", "");
    }

    /** @return its backup, sealed */
    private byte[] oldHome() throws Exception {
        try (JoinedCore joined = JoinedCore.in(folder.resolve("old"), home())) {
            Path share = joined.supervisor().share();
            Files.writeString(share.resolve(SCRIPTS), "old");
            Files.writeString(share.resolve(KEPT), "by the app");
            Files.createDirectories(share.resolve(PICTURE).getParent());
            Files.write(share.resolve(PICTURE), COLOURS);
            // What is restored is not on trial.
            joined.awaitPromotion();
            joined.core().command("config/core/update", Map.of("elevation", ELEVATION));
            JsonObject backup = new CoreBackups(joined.core()).make(BROKER);
            HttpResponse<byte[]> archive = joined.core().get(CoreBackups.download(backup));
            assertEquals(200, archive.statusCode());
            return archive.body();
        }
    }

    /** As the page does it, from its first question on. @return the backup's id */
    private static String upload(JoinedCore joined, CoreOnboarding browser, byte[] archive) throws Exception {
        // Only these two have the page upload to the Supervisor, and offer apps and folders.
        String type = browser.installationType().json().get("installation_type").getAsString();
        assertTrue(Set.of("Home Assistant OS", "Home Assistant Supervised").contains(type), type);
        assertEquals("{\"integration_loaded\":true}", browser.awaitBackups().body());
        joined.core().await("that Core takes a backup", JoinedCore.LIMIT, () -> state(browser)
                .equals("idle"));
        assertEquals(0, browser.info().json().getAsJsonArray("backups").size());

        Answer uploaded = browser.upload(archive);

        assertEquals(201, uploaded.status(), uploaded.body());
        String id = uploaded.json().get("backup_id").getAsString();
        Answer info = browser.info();
        assertEquals(1, info.json().getAsJsonArray("backups").size(), info.body());
        JsonObject backup = info.json().getAsJsonArray("backups").get(0).getAsJsonObject();
        assertEquals(id, CoreBackups.id(backup));
        assertTrue(backup.get("homeassistant_included").getAsBoolean(), info.body());
        assertTrue(backup.get("database_included").getAsBoolean(), info.body());
        assertEquals(Set.of(BROKER), CoreBackups.slugs(backup, "addons"));
        assertEquals("[\"share\",\"ssl\"]", backup.getAsJsonArray("folders").toString());
        assertTrue(CoreBackups.place(backup).get("protected").getAsBoolean(), info.body());
        assertEquals(archive.length, CoreBackups.place(backup).get("size").getAsInt());
        return id;
    }

    private static void assertTheWrongPasswordIsTold(JoinedCore joined, CoreOnboarding browser, String backup)
            throws Exception {
        Answer refused = browser.restore(backup, BROKER, "wrong");

        assertEquals(400, refused.status(), refused.body());
        assertEquals("{\"code\":\"incorrect_password\"}", refused.body());
        JsonObject event = browser.info().json().getAsJsonObject("last_action_event");
        assertEquals("failed", event.get("state").getAsString(), event.toString());
        assertEquals("password_incorrect", event.get("reason").getAsString(), event.toString());
        assertEquals("idle", state(browser));
        assertFalse(Files.exists(joined.supervisor().share().resolve(PICTURE)));
    }

    /** Returns when there is a connection to the Core that was restored. */
    private static void restore(JoinedCore joined, CoreOnboarding browser, String backup) throws Exception {
        int connections = joined.connections();
        joined.pod().hold();
        CompletableFuture<Optional<Answer>> asked = CompletableFuture.supplyAsync(() -> ask(browser, backup));
        joined.pod().awaitDeletion();
        // Any other word has the page tell of a failure.
        assertEquals("restore_backup", state(browser));
        joined.followTheNextPod();
        joined.awaitConnections(connections + 1);
        assertEquals(Optional.empty(), asked.join());
    }

    /** Core ends before it can answer, with which the page reckons. @return its answer if there is one */
    private static Optional<Answer> ask(CoreOnboarding browser, String backup) {
        try {
            return Optional.of(browser.restore(backup, BROKER, CoreBackups.PASSWORD));
        } catch (IOException ended) {
            return Optional.empty();
        } catch (ApiException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** That there is nothing any more is what the page takes as the end of the restore. */
    private static void assertNobodyUnknownIsHeard(CoreOnboarding browser, String backup, byte[] archive)
            throws Exception {
        assertEquals(404, browser.awaitBackups().status());
        assertEquals(404, browser.info().status());
        assertEquals(404, browser.upload(archive).status());
        assertEquals(404, browser.restore(backup, BROKER, CoreBackups.PASSWORD).status());
    }

    /** A Core that has just started drops the first browser now and then, in the middle of its log-in. */
    private static boolean logsIn(JoinedCore joined, CoreOnboarding browser) throws ApiException {
        try {
            joined.core().redeem(browser.logIn("test", "test"));
            return elevation(joined.core()) > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void assertTheOldHomeIsThere(JoinedCore joined) throws Exception {
        SupervisorProcess supervisor = joined.supervisor();
        assertEquals(ELEVATION, elevation(joined.core()));
        assertEquals("old", Files.readString(supervisor.share().resolve(SCRIPTS)));
        assertEquals("by the app", Files.readString(supervisor.share().resolve(KEPT)));
        assertArrayEquals(COLOURS, Files.readAllBytes(supervisor.share().resolve(PICTURE)));
        JsonObject app = supervisor.get("/addons/" + BROKER + "/info").data();
        assertEquals("started", app.get("state").getAsString());
        JsonObject job = supervisor
                .get("/jobs/" + joined.pod().restoreJob().orElseThrow())
                .data();
        assertTrue(job.get("done").getAsBoolean(), job.toString());
        assertEquals(0, job.getAsJsonArray("errors").size(), job.toString());
        assertEquals(List.of(), joined.core().logged("homeassistant.components.backup", "ERROR", "CRITICAL"));
        assertEquals(List.of(), joined.repairsOf("http"));
    }

    /** Of Core's backups; empty where it does not say. */
    private static String state(CoreOnboarding browser) throws Exception {
        Answer info = browser.info();
        return info.status() == 200 ? info.json().get("state").getAsString() : "";
    }

    private static int elevation(HomeAssistant core) throws IOException {
        return core.command("get_config", Map.of())
                .getAsJsonObject()
                .get("elevation")
                .getAsInt();
    }
}
