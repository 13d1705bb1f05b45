package hakube.testing;

import hakube.discovery.Announcers;
import hakube.services.ServiceProviders;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Apps as a test wants them: all are installed but those that go, none is started but those that are. */
public final class FakeApps {

    private final Set<String> started = ConcurrentHashMap.newKeySet();
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();

    public void start(String slug) {
        started.add(slug);
    }

    public void stop(String slug) {
        started.remove(slug);
    }

    /** Its uninstallation has begun. */
    public void leave(String slug) {
        leaving.add(slug);
    }

    /** {@code core_broker} provides mqtt. */
    public ServiceProviders asProviders() {
        return new ServiceProviders() {
            @Override
            public List<String> of(String service) {
                return service.equals("mqtt") ? List.of("core_broker") : List.of();
            }

            @Override
            public boolean isInstalled(String slug) {
                return !leaving.contains(slug);
            }
        };
    }

    /** {@code core_broker} and {@code core_other} could announce mqtt. */
    public Announcers asAnnouncers() {
        return new Announcers() {
            @Override
            public boolean isStarted(String slug) {
                return started.contains(slug);
            }

            @Override
            public boolean isInstalled(String slug) {
                return !leaving.contains(slug);
            }

            @Override
            public Map<String, List<String>> byService() {
                return Map.of("mqtt", List.of("core_broker", "core_other"));
            }
        };
    }
}
