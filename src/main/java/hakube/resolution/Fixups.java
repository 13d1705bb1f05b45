package hakube.resolution;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All fix-ups, and so which suggestion belongs to which issue. */
@Singleton
final class Fixups {

    private final Supplier<Stream<Fixup>> known;

    /** Fix-ups are found at the first question: they lie in rooms that report issues themselves. */
    @Inject
    Fixups(Instance<Fixup> known) {
        this(known::stream);
    }

    Fixups(Supplier<Stream<Fixup>> known) {
        this.known = known;
    }

    List<Fixup> of(Suggestion suggestion) {
        return known.get()
                .filter(fixup -> fixup.suggestion().equals(suggestion.type())
                        && fixup.context().equals(suggestion.context()))
                .toList();
    }

    List<Fixup> automatic() {
        return known.get().filter(Fixup::isAutomatic).toList();
    }

    /** Whether to apply the suggestion mends the issue. */
    boolean mends(Suggestion suggestion, Issue issue) {
        return issue.isAbout(suggestion.context(), suggestion.reference(), suggestion.referenceExtra())
                && of(suggestion).stream().anyMatch(fixup -> fixup.issues().contains(issue.type()));
    }
}
