package hakube.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All settings, in the order in which they are read and documented. */
final class Catalogue {

    /** Settings that are documented together. */
    record Group(String title, List<Setting<?>> settings) {}

    static final List<Group> GROUPS = List.of(
            new Group("Supervisor", SupervisorVariables.ALL),
            new Group("Cluster and storage", ClusterVariables.ALL),
            new Group("Home Assistant Core", CoreVariables.ALL),
            new Group("Internal address of add-on ports", GatewayVariables.INTERNAL),
            new Group("Public gateway", GatewayVariables.PUBLIC),
            new Group("Add-ons and their repositories", AppVariables.ALL));

    static final List<Setting<?>> SETTINGS =
            GROUPS.stream().flatMap(group -> group.settings().stream()).collect(Collectors.toUnmodifiableList());

    /** Machines of Home Assistant, the retired ones too; source: the add-on manifest's {@code machine} key. */
    static final Set<String> MACHINES = Set.of(
            "generic-aarch64",
            "generic-x86-64",
            "green",
            "intel-nuc",
            "khadas-vim3",
            "odroid-c2",
            "odroid-c4",
            "odroid-m1",
            "odroid-n2",
            "odroid-xu",
            "qemuarm",
            "qemuarm-64",
            "qemux86",
            "qemux86-64",
            "raspberrypi",
            "raspberrypi2",
            "raspberrypi3",
            "raspberrypi3-64",
            "raspberrypi4",
            "raspberrypi4-64",
            "raspberrypi5-64",
            "tinker",
            "yellow");

    private Catalogue() {}

    static Settings settings(Values values) {
        return new Settings(
                SupervisorVariables.of(values),
                ClusterVariables.access(values),
                ClusterVariables.claim(values),
                CoreVariables.of(values),
                GatewayVariables.internal(values),
                GatewayVariables.publicGateway(values),
                GatewayVariables.registry(values),
                AppVariables.apps(values),
                AppVariables.store(values));
    }
}
