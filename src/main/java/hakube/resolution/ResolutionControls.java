package hakube.resolution;

import hakube.api.ApiFailure;
import hakube.api.Body;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the routes of the resolution centre do, for both versions of the API; {@link Naming} is all that differs.
 *
 * <p>Upstream also hides suggestions from a Core that has no words for them; the one that this concerns never comes up here.
 */
@Singleton
final class ResolutionControls {

    private final Issues issues;
    private final Fixups fixups;
    private final Repairs repairs;
    private final Checks checks;
    private final Health health;
    private final HealthCheck healthCheck;

    @Inject
    ResolutionControls(
            Issues issues, Fixups fixups, Repairs repairs, Checks checks, Health health, HealthCheck healthCheck) {
        this.issues = issues;
        this.fixups = fixups;
        this.repairs = repairs;
        this.checks = checks;
        this.health = health;
        this.healthCheck = healthCheck;
    }

    /**
     * A suggestion in answers.
     *
     * @param auto whether the Supervisor applies it by itself
     */
    public record SuggestionInfo(
            String uuid,
            String type,
            String context,
            String reference,
            @JsonbNillable @JsonbProperty("reference_extra") Map<String, Object> referenceExtra,
            boolean auto) {}

    /** A check in answers. */
    public record CheckInfo(boolean enabled, String slug) {}

    Map<String, Object> info(Naming naming) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("unsupported", health.unsupported());
        info.put("unhealthy", health.unhealthy());
        info.put("suggestions", issues.suggestions().stream().map(this::info).toList());
        info.put("issues", issues.open().stream().map(naming::of).toList());
        info.put(
                "checks",
                checks.all().stream()
                        .map(check -> new CheckInfo(checks.isEnabled(check), naming.check(check.slug())))
                        .toList());
        return info;
    }

    /** @throws ApiFailure.NotFound {@code resolution_issue_not_found_error} */
    Map<String, List<SuggestionInfo>> suggestionsFor(String issue) {
        return Map.of(
                "suggestions",
                issues.suggestionsFor(issue(issue)).stream().map(this::info).toList());
    }

    /** Applies, then looks at the whole again. @throws ApiFailure also when it did not help */
    void apply(String suggestion) {
        repairs.apply(suggestion(suggestion));
        healthCheck.runIfFree();
    }

    /** @throws ApiFailure.NotFound {@code resolution_suggestion_not_found_error} */
    void dismissSuggestion(String suggestion) {
        issues.dismiss(suggestion(suggestion));
    }

    /** @throws ApiFailure.NotFound {@code resolution_issue_not_found_error} */
    void dismissIssue(String issue) {
        issues.close(issue(issue));
    }

    void healthCheck() {
        healthCheck.run();
    }

    /** The body is looked at first, as upstream does. @throws ApiFailure.NotFound {@code resolution_check_not_found_error} */
    void checkOptions(String check, String text, Naming naming) {
        Body body = Body.of(text);
        var enabled = body.bool("enabled");
        body.check();
        Check wanted = checks.require(naming.slugOf(check));
        enabled.ifPresent(on -> checks.enable(wanted, on));
    }

    /** @throws ApiFailure.NotFound {@code resolution_check_not_found_error} */
    void runCheck(String check, Naming naming) {
        healthCheck.run(checks.require(naming.slugOf(check)));
    }

    private SuggestionInfo info(Suggestion suggestion) {
        return new SuggestionInfo(
                suggestion.uuid(),
                suggestion.type(),
                suggestion.context(),
                suggestion.reference(),
                suggestion.referenceExtra(),
                fixups.of(suggestion).stream().anyMatch(Fixup::isAutomatic));
    }

    private Issue issue(String uuid) {
        return issues.issue(uuid)
                .orElseThrow(() -> new ApiFailure.NotFound(
                        "Issue " + uuid + " does not exist", "resolution_issue_not_found_error", Map.of("uuid", uuid)));
    }

    private Suggestion suggestion(String uuid) {
        return issues.suggestion(uuid)
                .orElseThrow(() -> new ApiFailure.NotFound(
                        "Suggestion " + uuid + " does not exist",
                        "resolution_suggestion_not_found_error",
                        Map.of("uuid", uuid)));
    }
}
