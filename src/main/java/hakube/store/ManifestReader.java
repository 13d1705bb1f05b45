package hakube.store;

import java.util.List;

/** Reads manifests; a hostile or broken one costs a reason, never an exception. */
public final class ManifestReader {

    private ManifestReader() {}

    /** What became of one file. */
    public sealed interface Outcome {}

    /** @param warnings sentences about old spellings and the like, for whoever maintains the app */
    public record Valid(AppManifest manifest, List<String> warnings) implements Outcome {

        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** @param reason names the rule and, where there is one, the key */
    public record Invalid(String reason) implements Outcome {}
}
