package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.core.Core;
import hakube.jobs.Jobs;
import hakube.kubernetes.Kind;
import hakube.link.FakeCore.Reply;
import hakube.relay.CoreLinkConfig;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import io.kubernetes.client.openapi.models.V1Pod;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreWatchTest {

    @TempDir
    private Path share;

    private LinkHouse house;
    private String address;
    private FakeCore core;
    private Jobs jobs;
    private CoreWatch watch;

    @BeforeEach
    void furnish() throws Exception {
        house = new LinkHouse(share, "2026.11.0");
        house.cluster.autoRun();
        house.coreRoom.core().start();
        address = LinkHouse.freeAddress();
        house.runAt(address);
        // Each new pod of Core gets the address of the one that is made here.
        house.cluster.onWrite(write -> {
            if (write.startsWith("delete pods/homeassistant-0")) {
                house.cluster.runPods();
                house.runAt(address);
            }
        });
        core = new FakeCore(address, CoreLinkConfig.PORT).behindLink(house.secret("token"));
        jobs = new Jobs(new Folders(share), house.events);
        house.state.enter(SupervisorState.RUNNING);
        watch = new CoreWatch(
                house.coreRoom.core(),
                house.coreRoom.addresses(),
                new CoreReport(house.http, house.coreRoom.core()),
                jobs,
                house.state);
    }

    @AfterEach
    void leave() throws Exception {
        house.close();
        core.close();
    }

    @Test
    void aSilentCoreIsRestartedAtTheSecondLook() {
        mute();
        String before = uid();
        watch.look();
        assertEquals(before, uid());
        watch.look();
        assertNotEquals(before, uid());
    }

    @Test
    void oneAnswerBetweenTwoMissesIsEnough() {
        String before = uid();
        for (int i = 0; i < 3; i++) {
            mute();
            watch.look();
            speak("STARTING");
            watch.look();
        }
        assertEquals(before, uid());
    }

    @Test
    void afterFiveRestartsTheLastInSafeModeItIsLeftAlone() {
        mute();
        Path safeMode = share.resolve("homeassistant/safe-mode");
        for (int restart = 1; restart <= CoreWatch.MOST_RESTARTS; restart++) {
            assertFalse(Files.exists(safeMode));
            watch.look();
            watch.look();
        }
        assertTrue(Files.exists(safeMode));
        String last = uid();
        for (int i = 0; i < 4; i++) {
            watch.look();
        }
        assertEquals(last, uid());

        speak("RUNNING");
        watch.look();
        mute();
        watch.look();
        watch.look();
        assertNotEquals(last, uid());
    }

    @Test
    void whoeverWantsNoWatchHasNone() {
        house.coreRoom.report("{\"watchdog\": false}");
        assertLeftAlone();
    }

    @Test
    void whoeverWorksOnCoreWaitsForItHimself() {
        jobs.run(Core.GROUP, "home_assistant_core_update", "homeassistant", this::assertLeftAlone);
    }

    @Test
    void aCoreThatNobodyCanAskIsLeftAlone() {
        house.cluster.remove(Kind.SECRET, "homeassistant-link");
        assertLeftAlone();
    }

    @Test
    void aSupervisorThatIsNotRunningLeavesItAlone() {
        house.state.enter(SupervisorState.FREEZE);
        assertLeftAlone();
    }

    private void assertLeftAlone() {
        mute();
        String before = uid();
        for (int i = 0; i < 4; i++) {
            watch.look();
        }
        assertEquals(before, uid());
    }

    private void mute() {
        core.on("GET /api/core/state", _ -> new Reply(502, ""));
    }

    private void speak(String state) {
        core.on("GET /api/core/state", _ -> new Reply(200, "{\"state\":\"" + state + "\"}"));
    }

    private String uid() {
        V1Pod pod = house.coreRoom.core().pod().orElseThrow();
        return pod.getMetadata().getUid();
    }
}
