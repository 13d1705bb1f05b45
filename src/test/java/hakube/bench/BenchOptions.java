package hakube.bench;

import java.util.Arrays;
import java.util.List;

/** Java options to be tried besides those of {@code config/java.options}: {@code -Dhakube.bench.options}, parted by blanks. */
final class BenchOptions {

    private BenchOptions() {}

    static List<String> given() {
        return Arrays.stream(System.getProperty("hakube.bench.options", "").split(" "))
                .filter(option -> !option.isEmpty())
                .toList();
    }
}
