package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;

/** Restores into a {@link RestoreHouse}, which is a fresh one for each test. */
@HelidonTest
@AddBean(RestoreHouse.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
abstract class RestoreCase {

    static final String FULL_JOB = "backup_manager_full_restore";
    static final String PARTIAL_JOB = "backup_manager_partial_restore";

    final RestoreHouse house;

    RestoreCase(RestoreHouse house) {
        this.house = house;
    }

    // No method is final: Helidon calls a test through a class that extends it.
    @BeforeEach
    void aFreshHouse() throws IOException {
        house.fresh();
    }

    /** What a restore fails with. */
    String failure(Backup backup, RestoreRequest request) {
        return assertThrows(ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, request))
                .getMessage();
    }

    /** The first child of a job that has that name. */
    static JsonObject child(JsonObject job, String name) {
        return job.getJsonArray("child_jobs").stream()
                .map(JsonValue::asJsonObject)
                .filter(child -> child.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
