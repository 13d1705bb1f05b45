package hakube.apps;

/** When a node asks a registry for an image. */
enum Pull {
    /** When it does not have it. */
    ONCE("IfNotPresent"),
    /** At the start, whatever it has: the tag may name another image by now. */
    ANEW("Always");

    private final String policy;

    Pull(String policy) {
        this.policy = policy;
    }

    /** As {@code imagePullPolicy} says it. */
    String policy() {
        return policy;
    }
}
