package hakube.backups;

import hakube.testing.CallersHouse;
import io.helidon.microprofile.testing.AddBean;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Uploads to a house in which one backup lies; none is under way any more when a test is over. */
@CallersHouse.Served
@AddBean(ServedBackups.class)
abstract class UploadCase {

    final ServedBackups house;
    final UploadClient client;

    UploadCase(ServedBackups house) {
        this.house = house;
        this.client = new UploadClient(house.server);
    }

    // No method is final: Helidon calls a test through a class that extends it.
    @BeforeEach
    void oneBackupIsThere() throws IOException {
        house.fresh();
    }

    @AfterEach
    void nothingIsLeftUnderway() throws IOException {
        client.close();
        house.awaitNothingUnderway();
    }
}
