package hakube.kubernetes;

/** What a path names. */
record Resource(String group, String apiVersion, String kind, String plural) {

    static Resource of(Kind<?> kind) {
        return new Resource(kind.group(), kind.apiVersion(), kind.kind(), kind.plural());
    }

    static Resource of(CustomKind kind) {
        return new Resource(kind.group(), kind.apiVersion(), kind.kind(), kind.plural());
    }

    /** As a Role names it: {@code deployments/scale}. */
    Resource sub(String part) {
        return new Resource(group, apiVersion, kind, plural + "/" + part);
    }
}
