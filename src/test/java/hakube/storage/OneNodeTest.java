package hakube.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class OneNodeTest {

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void aReadWriteManyClaimBindsNothing() {
        putPod();
        assertEquals(Optional.empty(), new OneNode(settings(false), cluster).supervisorPod());
    }

    @Test
    void aReadWriteOnceClaimBindsToTheSupervisorsPodAsItsStatefulSetMakesIt() {
        putPod();
        assertEquals(Optional.of("supervisor-0"), new OneNode(settings(true), cluster).supervisorPod());
    }

    @Test
    void withoutThatPodNothingIsBoundAndItIsToldOnce() {
        List<String> told = new ArrayList<>();
        Logger log = Logger.getLogger(OneNode.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        try {
            OneNode oneNode = new OneNode(settings(true), cluster);
            assertEquals(Optional.empty(), oneNode.supervisorPod());
            assertEquals(Optional.empty(), oneNode.supervisorPod());
            assertEquals(1, told.size(), told.toString());
            putPod();
            assertEquals(Optional.of("supervisor-0"), oneNode.supervisorPod());
        } finally {
            log.removeHandler(handler);
        }
    }

    private void putPod() {
        cluster.put(Kind.POD, new V1Pod().metadata(new V1ObjectMeta().name("supervisor-0")));
    }

    private static Settings settings(boolean allowReadWriteOnce) {
        Settings plain = TestSettings.of(Path.of("/data"));
        Settings.Claim claim = plain.claim();
        return TestSettings.with(
                plain, new Settings.Claim(claim.name(), claim.storageClass(), claim.size(), allowReadWriteOnce));
    }
}
