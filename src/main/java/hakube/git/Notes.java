package hakube.git;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was left out of a tree: one sentence for each reason, with the first few places. */
final class Notes {

    private static final int MOST_PLACES = 3;

    private final Map<String, List<String>> places = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    void add(String reason, String place) {
        List<String> some = places.computeIfAbsent(reason, key -> new ArrayList<>());
        if (some.size() < MOST_PLACES) {
            some.add(place);
        }
        counts.merge(reason, 1, Integer::sum);
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        places.forEach((reason, some) -> {
            int others = counts.get(reason) - some.size();
            sentences.add(reason + ": " + String.join(", ", some) + (others > 0 ? " and " + others + " more" : ""));
        });
        return sentences;
    }
}
