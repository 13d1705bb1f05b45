package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups of apps whose processes are real: their own commands before and after it, and an app that has to stop for it. */
class BackupNodeIT {

    private RealNode node;
    private NodeApp app;

    @BeforeEach
    void reach() throws IOException {
        node = RealNode.shared();
        app = new NodeApp(node, "saved");
    }

    @AfterEach
    void remove() throws IOException {
        app.remove();
    }

    @Test
    void whatAnAppWritesForItsBackupIsInItAndGoneAfterwards() throws IOException {
        run("""
                backup: hot
                backup_pre: cp /data/live /data/dump
                backup_post: rm /data/dump
                """);
        app.data("live", "of that moment");
        String pod = pod();

        String slug = backup();

        assertFalse(Files.exists(data("dump")));
        assertEquals(pod, pod());
        app.data("live", "later");
        restore(slug);
        assertEquals("of that moment", Files.readString(data("dump")));
        assertEquals("of that moment", Files.readString(data("live")));
    }

    @Test
    void anAppThatCannotPrepareItselfIsLeftOutAndNamed() throws IOException {
        run("""
                backup: hot
                backup_pre: sh -c "touch /data/tried; exit 3"
                """);

        String slug = backup();

        assertEquals(
                0,
                node.data("/backups/" + slug + "/info").getAsJsonArray("addons").size());
        assertTrue(Files.exists(data("tried")));
        String jobs = node.ask("GET", "/jobs/info", "");
        assertTrue(jobs.contains("app_pre_post_backup_command_returned_error"), jobs);
        assertEquals("started", app.info("state"));
    }

    @Test
    void anAppThatHasToStopIsAnotherProcessAfterwards() throws IOException {
        run("backup: cold");
        app.data("live", "of that moment");
        String pod = pod();

        String slug = backup();

        assertNotEquals(pod, pod());
        assertEquals("started", app.info("state"));
        app.data("live", "later");
        restore(slug);
        assertEquals("of that moment", Files.readString(data("live")));
        assertEquals("started", app.info("state"));
    }

    /** @param keys of its manifest */
    private void run(String keys) throws IOException {
        app.offer("1", "image: localhost/hakube/busybox\nstdin: true\n" + keys);
        app.install();
        app.ask("start", "");
    }

    private String backup() throws IOException {
        return JsonParser.parseString(node.ask("POST", "/backups/new/partial", apps()))
                .getAsJsonObject()
                .getAsJsonObject("data")
                .get("slug")
                .getAsString();
    }

    private void restore(String slug) throws IOException {
        node.ask("POST", "/backups/" + slug + "/restore/partial", apps());
    }

    private String apps() {
        return "{\"addons\": [\"" + app.slug() + "\"]}";
    }

    private Path data(String file) {
        return node.share().resolve("addons/data/" + app.slug() + "/" + file);
    }

    private String pod() throws IOException {
        return node.kubectl("get", "pods", "-l", "io.hass.slug=" + app.slug(), "-o", "name");
    }
}
