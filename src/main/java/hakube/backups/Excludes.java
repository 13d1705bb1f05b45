package hakube.backups;

import hakube.archive.TreeFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a backup leaves out. Pure. */
final class Excludes {

    /** Of Core's configuration (upstream {@code supervisor/homeassistant/module.py}, 2026-08). */
    private static final List<PathPattern> CORE = patterns(Stream.of(
            "**/__pycache__/*",
            "**/.DS_Store",
            "*.db-shm",
            "*.corrupt.*",
            "*.log.*",
            "*.log",
            ".storage/*.corrupt.*",
            "OZW_Log.txt",
            "backups/*.tar",
            "tmp_backups/*.tar",
            "tts/*",
            ".cache/*"));

    private static final List<PathPattern> DATABASE =
            patterns(Stream.of("home-assistant_v?.db", "home-assistant_v?.db-wal"));

    private Excludes() {}

    /** What goes in of Core's configuration. */
    static TreeFilter ofCore(boolean excludesDatabase) {
        return (relative, isDirectory) -> CORE.stream().noneMatch(pattern -> pattern.fits(relative))
                && !(excludesDatabase && DATABASE.stream().anyMatch(pattern -> pattern.fits(relative)));
    }

    /**
     * What goes in of an app's folder.
     *
     * @param root the folder as the Supervisor sees it, since upstream's patterns are for whole paths
     */
    static TreeFilter ofApp(List<String> excludes, Path root) {
        List<PathPattern> patterns = patterns(excludes.stream());
        Path folder = root.toAbsolutePath();
        return (relative, isDirectory) ->
                patterns.stream().noneMatch(pattern -> pattern.fitsEndOf(folder.resolve(relative)));
    }

    private static List<PathPattern> patterns(Stream<String> texts) {
        return texts.map(PathPattern::of).toList();
    }
}
