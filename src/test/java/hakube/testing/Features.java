package hakube.testing;

import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorOptions;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Feature flags as the Supervisor finds them when it starts. */
public final class Features {

    private Features() {}

    /** Writes the options with these features on and all others off, and has them read as a start reads them. */
    public static void startWith(State state, FeatureFlag... on) {
        Map<String, Boolean> flags = Arrays.stream(on).collect(Collectors.toMap(FeatureFlag::wire, flag -> true));
        state.change(known -> with(known, flags));
        state.load();
    }

    /** The same with these features, and all others off. */
    public static SupervisorOptions with(SupervisorOptions known, Map<String, Boolean> flags) {
        return new SupervisorOptions(
                known.timezone(),
                known.channel(),
                known.logging(),
                known.debug(),
                known.debugBlock(),
                known.diagnostics(),
                known.autoUpdate(),
                known.detectBlockingIo(),
                known.country(),
                known.waitBoot(),
                flags,
                known.booting());
    }
}
