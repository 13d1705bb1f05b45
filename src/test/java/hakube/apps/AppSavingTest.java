package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an app does around the copying of its files. */
class AppSavingTest {

    private static final String COLD = SAMPLE + "backup: cold\n";
    private static final String HOOKS = SAMPLE + "backup_pre: lock --for 'a backup'\nbackup_post: unlock\n";

    @TempDir
    private Path share;

    private AppsHome home;
    /** In the order in which they were done. */
    private final List<String> done = new CopyOnWriteArrayList<>();

    @BeforeEach
    void wake() {
        home = new AppsHome(share).wake();
        home.cluster.autoRun();
    }

    @AfterEach
    void nobodyWritesAnyMore() {
        home.awaitIdle(SLUG);
    }

    private void run(String manifest) {
        home.install(manifest);
        home.apps.start(SLUG);
        home.cluster.onWrite(write -> {
            if (write.startsWith("scale")) {
                done.add(write);
            }
        });
        home.cluster.executor(command -> {
            done.add(String.valueOf(command));
            return new Cluster.Execution(0, "", "");
        });
    }

    private boolean save() throws IOException {
        return home.saving.save(SLUG, content -> done.add("copy"));
    }

    private boolean isPaused() {
        return home.file.find(SLUG).orElseThrow().user().own().isPaused();
    }

    @Test
    void aColdAppIsDownWhileItsFilesAreCopiedAndComesBackWithAnotherToken() throws IOException {
        run(COLD);
        String token = home.token(NAME);

        boolean starts = home.saving.save(SLUG, content -> {
            done.add("copy");
            assertEquals(List.of(), home.board.pods(SLUG));
            assertTrue(isPaused());
            assertTrue(Files.readString(share.resolve("apps.json")).contains("\"paused\": true"));
        });
        home.saving.awaitStarted(List.of(SLUG));

        assertTrue(starts);
        assertEquals(List.of("scale deployments/" + NAME + " 0", "copy", "scale deployments/" + NAME + " 1"), done);
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        assertNotEquals(token, home.token(NAME));
        assertFalse(isPaused());
    }

    @Test
    void aPodThatStillEndsIsWaitedFor() throws Exception {
        run(COLD);
        V1Pod leaving = TestPods.leaving(TestPods.running(SLUG));
        leaving.getMetadata().setName("its-former-pod");
        home.cluster.put(Kind.POD, leaving);

        CompletableFuture<Boolean> saving = CompletableFuture.supplyAsync(() -> {
            try {
                return save();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        AppsHome.await("the stop", () -> done.contains("scale deployments/" + NAME + " 0"));
        assertFalse(done.contains("copy"), "it still writes");
        home.cluster.remove(Kind.POD, leaving.getMetadata().getName());

        assertTrue(saving.get(20, TimeUnit.SECONDS));
        assertTrue(done.contains("copy"));
    }

    @Test
    void aHotAppRunsItsCommandsAroundTheCopyingAndGoesOn() throws IOException {
        run(HOOKS);
        assertFalse(save());
        assertEquals(List.of("[lock, --for, a backup]", "copy", "[unlock]"), done);
        assertFalse(isPaused());
    }

    @Test
    void aHotAppWithoutCommandsIsLeftAlone() throws IOException {
        run(SAMPLE);
        assertFalse(save());
        assertEquals(List.of("copy"), done);
    }

    @Test
    void anAppThatDoesNotRunIsNeitherStoppedNorAsked() throws IOException {
        for (String manifest : List.of(COLD, HOOKS)) {
            run(manifest);
            home.apps.stop(SLUG);
            done.clear();
            assertFalse(save());
            assertEquals(List.of("copy"), done);
            home.apps.uninstall(SLUG, true);
        }
    }

    @Test
    void aCommandThatFailsIsTheAppsOwnError() throws IOException {
        run(HOOKS);
        home.cluster.executor(command -> new Cluster.Execution(command.contains("unlock") ? 0 : 7, "", "no"));

        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, this::save);

        assertEquals(Optional.of("app_pre_post_backup_command_returned_error"), failure.errorKey());
        assertEquals(
                Map.of("app", SLUG, "exit_code", 7, "debug_logging_command", "ha supervisor options --logging debug"),
                failure.extraFields());
        assertEquals(List.of(), done);
        assertFalse(isPaused());
    }

    @Test
    void theLastCommandRunsAlsoWhenTheCopyingFailed() {
        run(HOOKS);
        IOException failure = assertThrows(
                IOException.class,
                () -> home.saving.save(SLUG, content -> {
                    throw new IOException("no room");
                }));
        assertEquals("no room", failure.getMessage());
        assertEquals(List.of("[lock, --for, a backup]", "[unlock]"), done);
    }

    @Test
    void aColdAppComesBackWhenTheCopyingFailed() {
        run(COLD);
        assertThrows(
                IllegalStateException.class,
                () -> home.saving.save(SLUG, content -> {
                    throw new IllegalStateException("nobody foresaw this");
                }));
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        assertFalse(isPaused());
    }

    @Test
    void aClusterThatIsAwayIsWaitedForBeforeTheAppComesBack() throws IOException {
        run(COLD);
        home.saving.save(SLUG, content -> {
            home.cluster.failNext(AppsHome.away());
            home.cluster.failNext(AppsHome.away());
        });
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        assertFalse(isPaused());
    }

    @Test
    void whatIsPausedWhenTheSupervisorEndsGoesOnAtTheNextStart() {
        for (String manifest : List.of(COLD, HOOKS)) {
            run(manifest);
            assertTrue(home.saving.freeze(SLUG));
            assertTrue(isPaused());
            done.clear();

            home = new AppsHome(share, home.cluster).wake();

            assertFalse(isPaused());
            assertEquals(AppState.STARTED, home.apps.state(SLUG));
            assertEquals(
                    manifest.equals(COLD) ? List.of("scale deployments/" + NAME + " 1") : List.of("[unlock]"), done);
            home.apps.uninstall(SLUG, true);
        }
    }

    @Test
    void whatAUserWishesMeanwhileCounts() {
        run(COLD);
        assertTrue(home.saving.freeze(SLUG));
        home.apps.stop(SLUG);
        assertFalse(isPaused());
        home = new AppsHome(share, home.cluster).wake();
        assertEquals(AppState.STOPPED, home.apps.state(SLUG));
    }

    @Test
    void theNoteIsWhatUpstreamReads() throws IOException {
        run(COLD);
        List<AppSaving.Content> seen = new ArrayList<>();
        home.saving.save(SLUG, seen::add);
        AppSaving.Content content = seen.getFirst();
        JsonObject note =
                Json.createReader(new ByteArrayInputStream(content.note())).readObject();

        assertEquals("1.0", note.getString("version"));
        assertEquals("started", note.getString("state"), "before the stop");
        JsonObject user = note.getJsonObject("user");
        assertEquals("1.0", user.getString("version"));
        assertEquals("localhost/sample", user.getString("image"));
        assertTrue(user.getString("uuid").matches("[0-9a-f]{32}"));
        assertFalse(user.containsKey("paused"), user::toString);
        assertFalse(user.containsKey("access_token"), user::toString);
        JsonObject system = note.getJsonObject("system");
        assertEquals("local", system.getString("repository"));
        assertEquals("Sample", system.getString("name"));
        assertEquals(0, system.getJsonObject("translations").size());
        assertEquals(share.resolve("addons/data/" + SLUG), content.data());
        assertEquals(Optional.of(share.resolve("addon_configs/" + SLUG)), content.config());
    }
}
