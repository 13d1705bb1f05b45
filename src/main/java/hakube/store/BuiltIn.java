package hakube.store;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Repositories that are there without being added (upstream {@code supervisor/store/const.py} and {@code built-in.json}, 2026-08).
 * Each can be switched off but the local one, and is a repository like others then.
 */
enum BuiltIn {
    LOCAL("local", "local", "Local apps", "local", "unknown"),
    CORE(
            "core",
            "https://github.com/home-assistant/addons",
            "Official apps",
            "https://home-assistant.io/addons",
            "Home Assistant"),
    COMMUNITY("https://github.com/hassio-addons/repository"),
    ESPHOME("https://github.com/esphome/home-assistant-addon"),
    MUSIC_ASSISTANT("https://github.com/music-assistant/home-assistant-addon");

    private final String source;
    private final String url;
    private final RepositoryLabel label;

    BuiltIn(String source, String url, String name, String page, String maintainer) {
        this.source = source;
        this.url = url;
        this.label = new RepositoryLabel(name, Optional.of(page), maintainer);
    }

    BuiltIn(String url) {
        this.source = url;
        this.url = url;
        this.label = new RepositoryLabel(RepositoryLabel.UNKNOWN, Optional.empty(), RepositoryLabel.UNKNOWN);
    }

    /** What it is called in requests and in {@code store.json}. */
    String source() {
        return source;
    }

    /** Where its files come from; of the local one the word again. */
    String url() {
        return url;
    }

    /** What is said of it where its own files say nothing. */
    RepositoryLabel label() {
        return label;
    }

    /** The word of the setting. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one of that source. A person may write the address of the core repository, too. */
    static Optional<BuiltIn> of(String source) {
        return Stream.of(values())
                .filter(known -> known.source.equals(source) || known.url.equals(source))
                .findFirst();
    }
}
