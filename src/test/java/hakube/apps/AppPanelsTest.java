package hakube.apps;

import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.events.SupervisorEvent;
import hakube.events.SupervisorEvent.PanelChanged;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Core's sidebar is told. */
class AppPanelsTest {

    @TempDir
    private Path share;

    private AppsHome home;

    @BeforeEach
    void install() {
        home = new AppsHome(share).wake().install(AppsHome.SAMPLE);
        home.cluster.autoRun();
    }

    @Test
    void eachChangeOfTheSwitchIsToldOnce() {
        show(true);
        show(true);
        show(false);
        assertEquals(List.of(new PanelChanged(SLUG, true), new PanelChanged(SLUG, false)), told());
    }

    @Test
    void anUninstallationTakesItAway() {
        show(true);
        home.apps.uninstall(SLUG, false);
        assertEquals(List.of(new PanelChanged(SLUG, true), new PanelChanged(SLUG, false)), told());
    }

    @Test
    void anAppThatIsNotShownIsNotTold() {
        home.apps.uninstall(SLUG, false);
        assertEquals(List.of(), told());
    }

    private void show(boolean shown) {
        home.apps.change(
                SLUG,
                user -> user.withFlags(new UserLayer.Flags(
                        user.flags().autoUpdate(),
                        user.flags().isProtected(),
                        shown,
                        user.flags().watchdog(),
                        user.flags().systemManaged())));
    }

    private List<SupervisorEvent> told() {
        return home.events.stream().filter(PanelChanged.class::isInstance).toList();
    }
}
