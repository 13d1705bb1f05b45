package hakube.supervisor;

import hakube.api.ContractLevel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Which version this is, and which contract it keeps. */
@Singleton
public final class OwnVersion {

    /** What clients see and compare as the version. */
    public static final String CONTRACT = ContractLevel.TEXT;

    /** Of the jar; {@code development} of classes that are in none. */
    public static final String TEXT = Optional.ofNullable(OwnVersion.class.getPackage())
            .map(Package::getImplementationVersion)
            .orElse("development");

    /** Gauge {@code hakube_info}, always 1: its tags are what it tells. */
    void tell(@Observes @Initialized(ApplicationScoped.class) Object ready, MetricRegistry registry) {
        registry.gauge("hakube_info", () -> 1, new Tag("version", TEXT), new Tag("contract", CONTRACT));
    }
}
