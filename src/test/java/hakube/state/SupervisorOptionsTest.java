package hakube.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code config.json} may hold, of whatever hand. */
class SupervisorOptionsTest {

    @TempDir
    private Path share;

    @Test
    void aFileOfUpstreamIsRead() throws IOException {
        SupervisorOptions options = read("""
                {"timezone": "Europe/Berlin", "logging": "warning", "wait_boot": 20, "debug": true, "version": "2026.11.0",
                 "apps_custom_list": [], "feature_flags": {"supervisor_v2_api": true}, "country": "DE"}""");
        assertEquals("Europe/Berlin", options.timezone());
        assertEquals("warning", options.logging());
        assertEquals(20, options.waitBoot());
        assertEquals("DE", options.country());
        assertTrue(options.debug());
        assertTrue(options.has(FeatureFlag.SUPERVISOR_V2_API));
        assertFalse(options.has(FeatureFlag.SUPERVISOR_WEBSOCKET_V2_API));
    }

    @Test
    void whatIsNoneOfTheValuesIsAtItsDefault() throws IOException {
        SupervisorOptions options = read("""
                {"timezone": "Nowhere", "channel": "nightly", "logging": "loud", "wait_boot": 600,
                 "feature_flags": {"time_travel": true}}""");
        assertEquals(SupervisorOptions.initial("info"), options);
        assertEquals(FeatureFlag.words().size(), options.featureFlags().size());
    }

    @Test
    void anEmptyFileIsANewInstallation() throws IOException {
        assertEquals(SupervisorOptions.initial("info"), read("{}"));
    }

    private SupervisorOptions read(String file) throws IOException {
        Files.writeString(share.resolve("config.json"), file);
        State state = new State(TestSettings.of(share), new Folders(share), new Events());
        state.load();
        return state.options();
    }
}
