package hakube.jobs;

import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.state.FeatureFlag;
import hakube.state.State;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the routes of jobs do, for both versions of the API. */
@Singleton
final class JobsControls {

    private final Jobs jobs;
    private final State state;

    @Inject
    JobsControls(Jobs jobs, State state) {
        this.jobs = jobs;
        this.state = state;
    }

    /** All jobs as trees, and which conditions are ignored. */
    Map<String, Object> info() {
        return Map.of(
                "ignore_conditions",
                jobs.ignored().stream().map(JobCondition::wire).toList(),
                "jobs",
                jobs.ledger().trees().stream().map(this::named).toList());
    }

    /** @throws ApiFailure.NotFound {@code Job does not exist} */
    JobInfo job(String uuid) {
        return named(jobs.ledger().tree(uuid));
    }

    /** @throws ApiFailure when there is none, or it is not done */
    void remove(String uuid) {
        jobs.ledger().remove(uuid);
    }

    void options(String text) {
        Body body = Body.of(text);
        Optional<List<String>> conditions = body.words("ignore_conditions", "JobCondition", JobCondition.words());
        body.check();
        conditions.ifPresent(words -> jobs.ignore(
                words.stream().flatMap(word -> JobCondition.of(word).stream()).toList()));
    }

    void reset() {
        jobs.ignore(List.of());
    }

    private JobInfo named(JobInfo job) {
        return state.options().has(FeatureFlag.SUPERVISOR_WEBSOCKET_V2_API) ? job : LegacyNames.of(job);
    }
}
