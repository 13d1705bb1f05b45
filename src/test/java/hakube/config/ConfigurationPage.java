package hakube.config;

/** Writes the catalogue for people. */
final class ConfigurationPage {

    private static final String PAGE = """
            # Configuration

            Made from the settings catalogue (`src/main/java/hakube/config`); do not edit. A test fails when this page is stale, and
            `mvn test -Dtest='*PageTest' -Dgenerate=write` rewrites it.

            ## Where settings come from

            Every setting is a property of MicroProfile Config. Users know it by its variable; the property is the variable in lower
            case with dots: `SUPERVISOR_K8S_NAMESPACE` is `supervisor.k8s.namespace`. The first source that has it wins:

            | | Source | Name | Example |
            |---|---|---|---|
            | 1 | system properties | property | `java -Dsupervisor.k8s.namespace=home -jar hakube.jar` |
            | 2 | environment | variable | `SUPERVISOR_K8S_NAMESPACE=home` |
            | 3 | mounted folders: each folder of `HAKUBE_CONFIG_DIR`, parted by `:`, the first one first | property or variable, as the name of a file whose text is the value | `/etc/hakube/SUPERVISOR_K8S_NAMESPACE` |
            | 4 | the file `config/microprofile-config.properties` in the working folder | property or variable | `supervisor.k8s.namespace=home` |
            | 5 | the default | | |

            An empty value counts as none, except where the table says that empty means off. A value may refer to another property
            by `${…}`. White space around a value is dropped.

            A mounted folder is how a ConfigMap or Secret reaches the pod without becoming part of its environment:

            ```yaml
            env:
              - name: HAKUBE_CONFIG_DIR
                value: /etc/hakube
            volumeMounts:
              - name: settings
                mountPath: /etc/hakube
            volumes:
              - name: settings
                configMap:
                  name: hakube
            ```

            Files whose names begin with a dot, and folders in it, are left alone: a mount keeps its real files there. Settings are read
            once, at start; a changed mount takes effect at the next start of the pod.

            ## When something is wrong

            All faults are found together, before the cluster is touched. The process writes one message on the error stream that
            lists every variable with what it holds (secrets masked) and where that was set, what is wrong with it, what is allowed and
            an example, and ends with exit code 78. A folder or file of settings that cannot be read ends it the same way. A name that begins
            with `SUPERVISOR_K8S_` and is no setting costs a warning in the log.

            ## Settings
            """;

    private static final String PROPERTIES = """
            # Settings of the Supervisor, each with its default or, where it has none, an example. Made from the settings catalogue; in the
            # checkout do not edit, in an installation remove the # of what is to be set. This file is read from the folder `config` in
            # the working folder; the environment and system properties win over it (docs/configuration.md).
            """;

    private ConfigurationPage() {}

    static String page() {
        StringBuilder page = new StringBuilder(PAGE);
        for (Catalogue.Group group : Catalogue.GROUPS) {
            page.append("\n### ")
                    .append(group.title())
                    .append("\n\n| Variable | Default | Allowed | Example | Effect |\n|---|---|---|---|---|\n");
            group.settings().forEach(setting -> page.append(row(setting)));
        }
        return page.toString();
    }

    static String properties() {
        StringBuilder file = new StringBuilder(PROPERTIES);
        for (Catalogue.Group group : Catalogue.GROUPS) {
            file.append("\n## ").append(group.title()).append('\n');
            for (Setting<?> setting : group.settings()) {
                file.append("\n# ").append(plain(setting.effect()));
                file.append("\n# Default: ").append(plain(setting.whenUnset()));
                file.append("\n# Allowed: ").append(plain(setting.rule().allowed()));
                file.append("\n#")
                        .append(setting.property())
                        .append('=')
                        .append(value(setting))
                        .append('\n');
            }
        }
        return file.toString();
    }

    private static String row(Setting<?> setting) {
        return "| `%s` | %s | %s | `%s` | %s |\n"
                .formatted(
                        setting.variable(),
                        setting.whenUnset(),
                        setting.rule().allowed() + (setting.emptyIsOff() ? "; empty: off" : ""),
                        setting.example(),
                        setting.effect());
    }

    private static String value(Setting<?> setting) {
        return setting.fallback() instanceof Setting.Fallback.Fixed(String value) ? value : setting.example();
    }

    private static String plain(String markdown) {
        return markdown.replace("`", "");
    }
}
