package hakube.config;

/** Rules of what Kubernetes and image registries call a name. */
final class Names {

    private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String HOST = "[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?";
    private static final String DOMAIN_PART = "[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?";
    private static final String REPOSITORY = "(" + HOST + "(\\." + HOST + ")*(:[0-9]{1,5})?/)?"
            + "[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*";
    private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";

    static final Rule<String> LABEL =
            Rule.pattern("a DNS-1123 label: `a-z`, `0-9` and inner `-`, at most 63 characters", LABEL_FORM, 63);

    static final Rule<String> SUBDOMAIN = Rule.pattern(
            "a DNS-1123 subdomain: labels of `a-z`, `0-9` and inner `-`, parted by dots, at most 253 characters",
            LABEL_FORM + "(\\." + LABEL_FORM + ")*",
            253);

    /** The last part has a letter, which an address has not. */
    static final Rule<String> DNS_NAME =
            Rule.pattern("a DNS name", "(" + DOMAIN_PART + "\\.)*(?![0-9]+$)" + DOMAIN_PART, 253);

    static final Rule<String> CONFIG_MAP_KEY =
            Rule.pattern("a ConfigMap key: letters, digits, `-`, `_` and `.`", "(?!\\.\\.?$)[-._A-Za-z0-9]+", 253);

    static final Rule<String> IMAGE = Rule.pattern(
            "an image reference: `[registry[:port]/]name[:tag][@digest]`",
            REPOSITORY + "(:" + TAG + ")?(@sha256:[0-9a-f]{64})?",
            512);

    static final Rule<String> UNTAGGED_IMAGE =
            Rule.pattern("an image without tag: `[registry[:port]/]name`", REPOSITORY, 255);

    static final Rule<String> VERSION = Rule.pattern("a version as image tag", TAG, 128);

    static final Rule<String> MACHINE = Rule.pattern(
            "a machine name that Home Assistant knows; another one is accepted with a warning",
            "[A-Za-z0-9][-._A-Za-z0-9]*",
            63);

    private Names() {}
}
