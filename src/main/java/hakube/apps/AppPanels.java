package hakube.apps;

import hakube.events.SupervisorEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The web interfaces of installed apps, as Core's sidebar can show them. */
@Singleton
public final class AppPanels {

    private final AppsFile apps;

    @Inject
    AppPanels(AppsFile apps) {
        this.apps = apps;
    }

    /**
     * @param app full slug
     * @param title the app's name where its manifest gives none
     * @param icon such as {@code mdi:puzzle}
     * @param isForAdministrators whether Core shows it to them only
     * @param isEnabled whether the user wants it in the sidebar
     */
    public record Panel(String app, String title, String icon, boolean isForAdministrators, boolean isEnabled) {}

    /** One of each app with ingress, in the order of installation; no call. */
    public List<Panel> all() {
        return apps.all().stream()
                .filter(app -> app.manifest().web().ingress())
                .map(AppPanels::panel)
                .toList();
    }

    /** Which entries of the sidebar come and go by a change of the list. Pure. */
    static List<SupervisorEvent> changes(Map<String, InstalledApp> before, Map<String, InstalledApp> after) {
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .filter(slug -> isShown(before.get(slug)) != isShown(after.get(slug)))
                .<SupervisorEvent>map(slug -> new SupervisorEvent.PanelChanged(slug, isShown(after.get(slug))))
                .toList();
    }

    private static boolean isShown(InstalledApp app) {
        return app != null
                && app.manifest().web().ingress()
                && app.user().flags().ingressPanel();
    }

    private static Panel panel(InstalledApp app) {
        var web = app.manifest().web();
        return new Panel(
                app.slug(),
                web.panelTitle().orElse(app.manifest().name()),
                web.panelIcon(),
                web.panelAdmin(),
                app.user().flags().ingressPanel());
    }
}
