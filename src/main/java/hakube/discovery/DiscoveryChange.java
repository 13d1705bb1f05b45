package hakube.discovery;

/** What Core is to be told. */
public sealed interface DiscoveryChange {

    /** The message is new, or has another content. */
    record Announced(Message message) implements DiscoveryChange {}

    /** The message is gone; it can no more be read. */
    record Withdrawn(Message message) implements DiscoveryChange {}
}
