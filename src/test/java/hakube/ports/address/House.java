package hakube.ports.address;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.RealCluster;
import hakube.ports.ImpatientL4;
import hakube.ports.InternalL4;
import hakube.ports.PortRegistry;
import hakube.resolution.Issues;
import hakube.testing.Space;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One Supervisor's registry and internal address. */
final class House implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RealCluster real;
    private final Issues issues = new Issues(new Events());
    private final PortRegistry registry;
    private final InternalL4 l4;

    private House(RealCluster real) {
        this.real = real;
        this.registry = new PortRegistry(real.port(), real.settings(), issues);
        this.l4 = with(real.settings());
    }

    static House in(Space space) {
        return new House(RealCluster.of(space).watching());
    }

    Cluster cluster() {
        return real.port();
    }

    PortRegistry registry() {
        return registry;
    }

    InternalL4 l4() {
        return l4;
    }

    Issues issues() {
        return issues;
    }

    /** As after the watches had their first lists. */
    void start() {
        l4.start();
    }

    /** Another one under other settings. */
    InternalL4 with(String gatewayClass, Map<String, String> annotations) {
        return with(change(gateway -> new Settings.InternalGateway(
                gateway.address(),
                gateway.name(),
                gatewayClass,
                gateway.image(),
                annotations,
                gateway.externalTrafficPolicy())));
    }

    /** Another one under another name. */
    InternalL4 named(String name) {
        return with(change(gateway -> new Settings.InternalGateway(
                gateway.address(),
                name,
                gateway.gatewayClass(),
                gateway.image(),
                gateway.annotations(),
                gateway.externalTrafficPolicy())));
    }

    /** Does something and closes. */
    void use(Consumer<House> work) {
        try (this) {
            work.accept(this);
        }
    }

    @Override
    public void close() {
        ImpatientL4.stop(l4);
        real.close();
    }

    private InternalL4 with(Settings settings) {
        return ImpatientL4.of(real.port(), settings, issues, PATIENCE);
    }

    private Settings change(UnaryOperator<Settings.InternalGateway> change) {
        Settings plain = real.settings();
        return TestSettings.with(plain, change.apply(plain.internalGateway()));
    }
}
