package hakube.core;

import hakube.resolution.Evaluation;
import hakube.versions.Channel;
import hakube.versions.Version;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Core older than 24 months, measured from the newest that is known and not from the clock, so that an update always helps
 * (upstream {@code supervisor/resolution/evaluations/home_assistant_core_version.py}, 2026-08). A version that says no year is
 * not judged: here a person may run any image.
 */
@Singleton
final class CoreVersionEvaluation implements Evaluation {

    private static final Pattern CALENDAR = Pattern.compile("(20\\d\\d)\\.(\\d{1,2})(\\D.*)?");
    private static final int YEARS = 2;

    private final CoreFile file;
    private final Channel channel;

    @Inject
    CoreVersionEvaluation(CoreFile file, Channel channel) {
        this.file = file;
        this.channel = channel;
    }

    @Override
    public String reason() {
        return "home_assistant_core_version";
    }

    @Override
    public Optional<String> complaint() {
        return Optional.ofNullable(file.options().version())
                .filter(current -> channel.coreVersion()
                        .filter(latest -> isTooOld(current, latest))
                        .isPresent())
                .map(current -> "Home Assistant " + current + " is more than two years old");
    }

    static boolean isTooOld(String current, String latest) {
        Matcher newest = CALENDAR.matcher(latest);
        if (!newest.matches() || !CALENDAR.matcher(current).matches()) {
            return false;
        }
        int year = Integer.parseInt(newest.group(1)) - YEARS;
        return new Version(year + "." + newest.group(2)).isLaterThan(new Version(current));
    }
}
