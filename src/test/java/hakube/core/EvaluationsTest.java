package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.state.State;
import hakube.storage.Folders;
import hakube.versions.Channel;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of Core makes an installation one that nobody supports. */
class EvaluationsTest {

    @TempDir
    private Path share;

    @ParameterizedTest
    @CsvSource({
        "2024.10.4,     2026.11.0, true",
        "2024.11.0,     2026.11.0, false",
        "2024.11.0b1,   2026.11.3, true",
        "2024.12.0,     2026.11.0, false",
        "2026.11.0,     2026.11.0, false",
        "2023.1.0,      2025.1.0,  false",
        "2022.12.9,     2025.1.0,  true",
        "latest,        2026.11.0, false",
        "1.0,           2026.11.0, false",
        "2020.1.0,      latest,    false",
        "2024.9.0.dev202409010,  2026.11.0, true",
    })
    void moreThanTwoYearsBehindTheNewestIsTooOld(String current, String latest, boolean isTooOld) {
        assertEquals(isTooOld, CoreVersionEvaluation.isTooOld(current, latest));
    }

    @Test
    void coreIsJudgedByItsStateFile() {
        Settings settings = TestSettings.withCore(
                TestSettings.of(share), Optional.of("localhost/core"), Optional.of("2026.11.0"), "http://localhost:9/");
        Events events = new Events();
        Folders folders = new Folders(share);
        CoreFile file = new CoreFile(folders, events);
        Channel channel = new Channel(settings, folders, new State(settings, folders, events), events);
        CoreVersionEvaluation version = new CoreVersionEvaluation(file, channel);
        CustomImageEvaluation image = new CustomImageEvaluation(file);
        assertEquals(Optional.empty(), version.complaint(), "nothing is installed");
        assertEquals(Optional.empty(), image.complaint());

        file.change(known -> known.withInstalled("2024.1.0", "localhost/core"));
        assertEquals(Optional.of("Home Assistant 2024.1.0 is more than two years old"), version.complaint());
        assertEquals(Optional.empty(), image.complaint(), "the settings' image is nobody's choice");

        file.change(known -> new CoreOptions(
                "2026.11.0", "other/core", true, "localhost/core", true, 8123, false, true, null, null, false, false));
        assertEquals(Optional.empty(), version.complaint());
        assertEquals(Optional.of("Home Assistant is taken from other/core"), image.complaint());
    }
}
