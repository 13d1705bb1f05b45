package hakube.core;

import hakube.storage.AtomicWrite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * The files that Core writes itself where it finds no {@code configuration.yaml} (core: {@code config.py}, 2026.11). They
 * must be there before the managed {@code http:} block: Core finds a file then and leaves it as it is, and a home with
 * nothing but {@code http:} has no user interface.
 */
final class DefaultConfiguration {

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private static final String CONFIGURATION = """

            # Loads default set of integrations. Do not remove.
            default_config:

            # Load frontend themes from the themes folder
            frontend:
              themes: !include_dir_merge_named themes

            automation: !include automations.yaml
            script: !include scripts.yaml
            scene: !include scenes.yaml
            """;

    private static final String SECRETS = """

            # Use this file to store secrets like usernames and passwords.
            # Learn more at https://www.home-assistant.io/docs/configuration/secrets/
            some_password: welcome
            """;

    private DefaultConfiguration() {}

    /** Writes what is missing, unless there is a {@code configuration.yaml}; no file that exists is touched. */
    static void ensure(Path folder) {
        Path main = folder.resolve("configuration.yaml");
        if (exists(main)) {
            return;
        }
        Map<String, String> others =
                Map.of("secrets.yaml", SECRETS, "automations.yaml", "[]", "scripts.yaml", "", "scenes.yaml", "");
        others.forEach((name, text) -> {
            Path file = folder.resolve(name);
            if (!exists(file)) {
                write(file, text);
            }
        });
        // Last: whoever finds it finds the files that it includes.
        write(main, CONFIGURATION);
    }

    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void write(Path file, String text) {
        AtomicWrite.write(file, text.getBytes(StandardCharsets.UTF_8), READABLE);
    }
}
