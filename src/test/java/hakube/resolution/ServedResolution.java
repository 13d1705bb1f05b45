package hakube.resolution;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import hakube.api.ApiFailure;
import hakube.api.Endpoint;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.Administrator;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.WebTarget;
import java.util.Optional;
import java.util.Set;

/** A served house with a check and a fix-up of its own beside those of the rooms, and what a client asks it. */
@Singleton
final class ServedResolution {

    static final String OK = "{\"result\":\"ok\",\"data\":{}}";

    static final SampleCheck CHECK = new SampleCheck("backups");
    static final Mending MENDING = new Mending();

    final Administrator administrator;
    final Issues issues;
    private final State state;

    @Inject
    ServedResolution(WebTarget target, State state, Issues issues) {
        this.administrator = new Administrator(target);
        this.state = state;
        this.issues = issues;
    }

    void open() {
        state.enter(SupervisorState.RUNNING);
    }

    /** Nothing is the matter any more, and every check is on. */
    void tidy() {
        CHECK.matter.clear();
        MENDING.isBroken = false;
        issues.open().forEach(issues::close);
        administrator.post("/resolution/check/backups/options", "{\"enabled\": true}", 200);
    }

    JsonObject info() {
        return administrator.data("/resolution/info");
    }

    JsonArray issuesNow() {
        return info().getAsJsonArray("issues");
    }

    /** The identity of the first suggestion. */
    String suggestion() {
        return issues.suggestions().getFirst().uuid();
    }

    /** What the contract says about the answer. */
    static String shape(String path) {
        return Endpoint.all().stream()
                .filter(row -> row.method().equals("GET") && row.v1().equals(Optional.of(path)))
                .findFirst()
                .orElseThrow()
                .response();
    }

    /** Mends {@code boot_fail}, or does not. */
    static final class Mending implements Fixup {

        volatile boolean isBroken;
        volatile String last;

        @Override
        public String suggestion() {
            return "execute_start";
        }

        @Override
        public String context() {
            return "addon";
        }

        @Override
        public Set<String> issues() {
            return Set.of("boot_fail");
        }

        @Override
        public boolean isAutomatic() {
            return true;
        }

        @Override
        public void apply(Suggestion suggestion) {
            last = suggestion.reference();
            if (isBroken) {
                throw new ApiFailure.BadRequest("App " + last + " could not start successfully");
            }
        }
    }

    /** Beside those of the rooms. */
    @Singleton
    static class Samples {

        @Produces
        @Singleton
        Check check() {
            return CHECK;
        }

        @Produces
        @Singleton
        Fixup fixup() {
            return MENDING;
        }
    }
}
