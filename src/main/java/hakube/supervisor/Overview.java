package hakube.supervisor;

import hakube.api.ApiVersion;
import hakube.apps.AppSummaries;
import hakube.config.Settings;
import hakube.core.Core;
import hakube.host.OwnAddress;
import hakube.resolution.Health;
import hakube.state.State;
import hakube.state.SupervisorOptions;
import hakube.store.Store;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** What the Supervisor says of itself and of the whole; from state and watches, no call. */
@Singleton
final class Overview {

    private final Settings settings;
    private final State state;
    private final Ground ground;
    private final OwnAddress address;
    private final Core core;
    private final Store store;
    private final AppSummaries apps;
    private final Health health;
    private final SupervisorControls controls;

    @Inject
    Overview(
            Settings settings,
            State state,
            Ground ground,
            OwnAddress address,
            Core core,
            Store store,
            AppSummaries apps,
            Health health,
            SupervisorControls controls) {
        this.settings = settings;
        this.state = state;
        this.ground = ground;
        this.address = address;
        this.core = core;
        this.store = store;
        this.apps = apps;
        this.health = health;
        this.controls = controls;
    }

    SupervisorInfo supervisor(ApiVersion version) {
        return switch (version) {
            case V1 -> supervisor(state.options().waitBoot(), apps.all(), repositories());
            case V2 -> supervisor(null, null, null);
        };
    }

    private List<SupervisorInfo.Repository> repositories() {
        return store.repositories().stream()
                .map(known -> new SupervisorInfo.Repository(known.name(), known.slug()))
                .toList();
    }

    private SupervisorInfo supervisor(
            Integer waitBoot, List<AppSummaries.Item> addons, List<SupervisorInfo.Repository> repositories) {
        SupervisorOptions options = state.options();
        return new SupervisorInfo(
                OwnVersion.CONTRACT,
                OwnVersion.CONTRACT,
                false,
                options.channel(),
                settings.cluster().architecture(),
                health.unsupported().isEmpty(),
                health.unhealthy().isEmpty(),
                address.ipv4(),
                options.timezone(),
                options.logging(),
                options.debug(),
                options.debugBlock(),
                options.diagnostics(),
                options.autoUpdate(),
                controls.detectsBlockingIo(),
                options.country(),
                options.featureFlags(),
                waitBoot,
                addons,
                repositories);
    }

    RootInfo root() {
        SupervisorOptions options = state.options();
        String kubernetes = "Kubernetes " + ground.clusterVersion();
        String arch = settings.cluster().architecture();
        return new RootInfo(
                OwnVersion.CONTRACT,
                core.options().version(),
                null,
                kubernetes,
                null,
                kubernetes,
                List.of(),
                settings.supervisor().machine(),
                null,
                arch,
                state.current().wire(),
                List.of(arch),
                health.unsupported().isEmpty(),
                options.channel(),
                options.logging(),
                options.timezone());
    }
}
