package hakube.apps;

import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.events.SupervisorEvent;
import hakube.kubernetes.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes an issue out of the objects of an app. */
class AppIssuesTest {

    @TempDir
    private Path share;

    @ParameterizedTest
    @ValueSource(strings = {"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"})
    void theRelaysImageIsMissedAsTheAppsOwn(String reason) {
        AppsHome home = home();

        home.cluster.put(Kind.POD, TestPods.waitingBefore(SLUG, "ingress-address", "localhost/relay", reason));

        assertEquals(
                List.of("missing_image: Image localhost/relay of app local_sample does not come: ingress-address,"
                        + " which comes before it, does not run: " + reason + ": because"),
                issues(home));
    }

    @Test
    void aRelayThatIsThereAndDoesNotRunIsNoMissingImage() {
        AppsHome home = home();

        home.cluster.put(
                Kind.POD, TestPods.waitingBefore(SLUG, "ingress-relay", "localhost/relay", "CrashLoopBackOff"));

        assertEquals(AppState.ERROR, home.apps.state(SLUG));
        assertEquals(List.of(), issues(home));
    }

    private AppsHome home() {
        AppsHome home = new AppsHome(share).wake();
        home.run();
        return home;
    }

    private static List<String> issues(AppsHome home) {
        return home.events.stream()
                .filter(SupervisorEvent.IssueFound.class::isInstance)
                .map(SupervisorEvent.IssueFound.class::cast)
                .map(issue -> issue.type() + ": " + issue.explanation())
                .toList();
    }
}
