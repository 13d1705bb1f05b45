package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewBackupTest {

    @Test
    void slugsAreThoseOfUpstream() {
        int compared = 0;
        for (JsonObject file : Fixtures.all()) {
            if (file.getBoolean("valid") && file.getJsonObject("metadata").containsKey("slug")) {
                JsonObject metadata = file.getJsonObject("metadata");
                if (NewBackup.slug(metadata.getString("date"), metadata.getString("name"))
                        .equals(metadata.getString("slug"))) {
                    compared++;
                }
            }
        }
        assertTrue(compared > 0, "no fixture has the slug that its date and name make");
    }

    @Test
    void timesAreAsPythonWritesThem() {
        assertEquals(
                "2026-03-14T02:56:14.977979+00:00", NewBackup.text(Instant.parse("2026-03-14T02:56:14.977979123Z")));
        assertEquals("2026-03-14T02:56:14.000001+00:00", NewBackup.text(Instant.parse("2026-03-14T02:56:14.000001Z")));
        assertEquals("2026-03-14T02:56:14+00:00", NewBackup.text(Instant.parse("2026-03-14T02:56:14Z")));
        assertEquals("2026-03-14T02:56:14+00:00", NewBackup.text(Instant.parse("2026-03-14T02:56:14.000000999Z")));
    }

    @Test
    void twoOfOneSecondHaveSlugsOfTheirOwn() {
        Instant now = Instant.parse("2026-03-14T02:56:14.5Z");
        assertNotEquals(
                new NewBackup(BackupHouse.full("a"), now, List.of()).slug(),
                new NewBackup(BackupHouse.full("a"), now.plusNanos(1000), List.of()).slug());
    }

    @Test
    void whatHasNothingHasEveryKeyAllTheSame() {
        NewBackup none = new NewBackup(
                BackupHouse.partial("Tom & \u00fcber", false, List.of(), java.util.Set.of()),
                Instant.EPOCH,
                List.of("https://a.example/b"));
        JsonObject json =
                Json.createReader(new ByteArrayInputStream(none.json())).readObject();
        assertEquals(
                "{\"slug\":\"" + none.slug()
                        + "\",\"version\":2,\"name\":\"Tom & \u00fcber\",\"date\":\"1970-01-01T00:00:00+00:00\","
                        + "\"type\":\"partial\",\"supervisor_version\":\"2026.11.0\",\"compressed\":true,\"protected\":false,"
                        + "\"homeassistant\":null,\"folders\":[],\"addons\":[],\"repositories\":[\"https://a.example/b\"],"
                        + "\"extra\":{\"by\":\"test\"}}",
                json.toString());
    }
}
