package hakube.backups;

import hakube.api.ApiVersion;
import hakube.api.Body;
import hakube.backups.PartChoice.Apps;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads which parts a request names (upstream {@code supervisor/api/backups.py}, 2026-08); pure. */
final class PartReader {

    private static final String CORE = "homeassistant";

    private static final Set<String> FOLDERS = Set.of("share", "addons/local", "ssl", "media");

    /** The first version lets Core's configuration be called a folder. */
    private static final Set<String> FIRST_FOLDERS = Set.of("share", "addons/local", "ssl", "media", CORE);

    private PartReader() {}

    /** For a backup, where all apps can be named by one word. What is wrong is noted in the body. */
    static PartChoice toSave(Body body, ApiVersion version) {
        Apps apps = body.allOrTexts(version.apps())
                .map(named -> named.<Apps>map(Apps.Some::new).orElseGet(Apps.All::new))
                .orElseGet(() -> new Apps.Some(List.of()));
        return read(body, version, apps);
    }

    /** For a restore. What is wrong is noted in the body. */
    static PartChoice toRestore(Body body, ApiVersion version) {
        List<String> apps =
                body.distinctTexts(version.apps(), any -> Optional.empty()).orElse(List.of());
        return read(body, version, new Apps.Some(apps));
    }

    private static PartChoice read(Body body, ApiVersion version, Apps apps) {
        boolean core = body.lenientBool(CORE).orElse(false);
        List<String> folders = body.distinctWords(
                        "folders",
                        switch (version) {
                            case V1 -> FIRST_FOLDERS;
                            case V2 -> FOLDERS;
                        })
                .orElse(List.of());
        return new PartChoice(
                core || folders.contains(CORE),
                apps,
                folders.stream().filter(FOLDERS::contains).collect(Collectors.toUnmodifiableSet()));
    }
}
