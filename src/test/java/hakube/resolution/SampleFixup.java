package hakube.resolution;

import java.util.Set;

/** A fix-up that does nothing and succeeds. */
record SampleFixup(String suggestion, String context, Set<String> issues) implements Fixup {

    @Override
    public void apply(Suggestion wanted) {}
}
