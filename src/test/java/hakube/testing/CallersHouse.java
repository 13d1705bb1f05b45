package hakube.testing;

import hakube.access.Caller;
import hakube.access.Callers;
import hakube.access.Tokens;
import hakube.auth.CoreLogin;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.discovery.Announcers;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.services.ServiceProviders;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a served house in which callers are known by fixed tokens, and a test says what apps and Core would. */
@Singleton
@Alternative
@Priority(1)
public class CallersHouse {

    public static final String CORE = "c0".repeat(56);
    public static final String ADMINISTRATOR = "ad".repeat(56);

    /** App {@code core_broker}: provides mqtt, announces mqtt, may check log-ins. */
    public static final String BROKER = "b0".repeat(56);

    /** App {@code local_guest}: wants mqtt, provides mysql, announces mqtt and other. */
    public static final String GUEST = "9e".repeat(56);

    /** App {@code local_plain}: role admin, lists nothing, may not check log-ins. */
    public static final String PLAIN = "11".repeat(56);

    /** App {@code local_home}: may reach Home Assistant. */
    public static final String HOME = "40".repeat(56);

    private static final Map<String, Caller.App> APPS = Map.of(
            BROKER,
            new Caller.App(
                    "core_broker", false, Caller.Role.DEFAULT, false, true, Map.of("mqtt", "provide"), List.of("mqtt")),
            GUEST,
            new Caller.App(
                    "local_guest",
                    false,
                    Caller.Role.DEFAULT,
                    false,
                    false,
                    Map.of("mqtt", "want", "mysql", "provide"),
                    List.of("mqtt", "other")),
            PLAIN,
            new Caller.App("local_plain", true, Caller.Role.ADMIN, false, false),
            HOME,
            new Caller.App("local_home", true, Caller.Role.HOMEASSISTANT, true, false));

    /** On a test class: it is served such a house, at free ports. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @HelidonTest
    @AddBean(CallersHouse.class)
    @AddConfig(key = "management.port", value = "0")
    public @interface Served {}

    @Produces
    @Singleton
    Settings settings() throws IOException {
        return TestSettings.of(Files.createTempDirectory("share"));
    }

    @Produces
    @Singleton
    FakeCluster cluster() {
        FakeCluster cluster = new FakeCluster();
        cluster.put(Kind.SECRET, TokenSecret.of(Tokens.CORE_SECRET, CORE));
        cluster.put(Kind.SECRET, TokenSecret.of(Tokens.ADMINISTRATOR_SECRET, ADMINISTRATOR));
        return cluster;
    }

    @Produces
    @Singleton
    Callers callers() {
        return token -> Optional.ofNullable(APPS.get(token));
    }

    @Produces
    @Singleton
    FakeApps apps() {
        return new FakeApps();
    }

    @Produces
    @Singleton
    ServiceProviders providers(FakeApps apps) {
        return apps.asProviders();
    }

    @Produces
    @Singleton
    Announcers announcers(FakeApps apps) {
        return apps.asAnnouncers();
    }

    @Produces
    @Singleton
    FakeCoreLogin fakeCore() {
        return new FakeCoreLogin();
    }

    @Produces
    @Singleton
    CoreLogin core(FakeCoreLogin fake) {
        return fake.asLogin();
    }
}
