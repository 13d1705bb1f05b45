package hakube.resolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A check that finds what a test says. */
class SampleCheck implements Check {

    final List<Finding> matter = new ArrayList<>();
    private final String slug;

    SampleCheck(String slug) {
        this.slug = slug;
    }

    /** From now on that is the matter. */
    void affect(String reference) {
        matter.add(Finding.of(type(), context(), reference, List.of(), "for a test"));
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public String type() {
        return slug;
    }

    @Override
    public String context() {
        return "addon";
    }

    @Override
    public List<Finding> find() {
        return List.copyOf(matter);
    }

    @Override
    public boolean isStillTrue(Issue issue) {
        return matter.stream().anyMatch(finding -> finding.reference().equals(Optional.ofNullable(issue.reference())));
    }
}
