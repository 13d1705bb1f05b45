package hakube.apps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * What an app has been: its last revisions, newest first, to which it can return (docs/adr/0014). Extension: upstream keeps none.
 *
 * @param present number of the installed revision; each change of the version counts one up, so that no number means two
 * @param kept at most {@value #MOST}, none of them of the present version
 */
record AppHistory(int present, List<Kept> kept) {

    static final int MOST = 3;

    /** Of an app that has had one version only. */
    static final AppHistory NONE = new AppHistory(1, List.of());

    private static final Logger LOG = Logger.getLogger(AppHistory.class.getName());
    private static final String PRESENT = "revision";
    private static final String KEPT = "revisions";
    private static final String NUMBER = "number";
    private static final String DIGEST = "digest";

    /**
     * A revision that another one has replaced.
     *
     * @param digest of its image as it ran last, empty where it was not running when it was replaced
     */
    record Kept(int number, AppRevision revision, Optional<String> digest) {

        private Map<String, Object> json() {
            Map<String, Object> json = revision.json();
            json.put(NUMBER, number);
            json.put(DIGEST, digest.orElse(null));
            return json;
        }
    }

    AppHistory {
        kept = List.copyOf(kept);
    }

    /** @param number as a path has it */
    Optional<Kept> find(String number) {
        return kept.stream()
                .filter(one -> Integer.toString(one.number()).equals(number))
                .findFirst();
    }

    /** After {@code before} made room for that version. */
    AppHistory replaced(AppRevision before, Optional<String> digest, String version) {
        List<Kept> newest = new ArrayList<>(List.of(new Kept(present, before, digest)));
        kept.stream()
                .filter(one -> !one.revision().version().equals(version)
                        && !one.revision().version().equals(before.version()))
                .forEach(newest::add);
        return new AppHistory(present + 1, newest.stream().limit(MOST).toList());
    }

    /** As {@link #write} writes it; a revision that cannot be read is left out, since the app itself goes on without it. */
    static AppHistory read(String slug, Map<String, Object> json) {
        int present = json.get(PRESENT) instanceof Integer number && number > 0 ? number : 1;
        List<Kept> kept = new ArrayList<>();
        if (json.get(KEPT) instanceof List<?> revisions) {
            for (Object revision : revisions) {
                Optional<Kept> one =
                        revision instanceof Map<?, ?> map ? kept(JsonValues.object(map)) : Optional.empty();
                one.ifPresentOrElse(
                        kept::add,
                        () -> LOG.warning(
                                () -> "A revision of " + slug + " in apps.json cannot be read and is left out"));
            }
        }
        return new AppHistory(present, kept.stream().limit(MOST).toList());
    }

    private static Optional<Kept> kept(Map<String, Object> json) {
        return json.get(NUMBER) instanceof Integer number
                ? AppRevision.read(json).map(revision -> new Kept(number, revision, digest(json)))
                : Optional.empty();
    }

    static Optional<String> digest(Map<String, Object> json) {
        return json.get(DIGEST) instanceof String digest ? Optional.of(digest) : Optional.empty();
    }

    /** Adds what there is to say to an app's entry. */
    void write(Map<String, Object> json) {
        if (!equals(NONE)) {
            json.put(PRESENT, present);
            json.put(KEPT, kept.stream().map(Kept::json).toList());
        }
    }
}
