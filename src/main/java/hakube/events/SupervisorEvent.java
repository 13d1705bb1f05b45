package hakube.events;

import java.util.List;
import java.util.Optional;

/** Something that other rooms, and in the end Home Assistant, want to know. */
public sealed interface SupervisorEvent {

    /** The Supervisor's own state changed, such as {@code startup} or {@code running}. */
    record SupervisorStateChanged(String state) implements SupervisorEvent {}

    /** An app's state changed. {@code state} is the wire word. */
    record AppStateChanged(String slug, String state) implements SupervisorEvent {}

    /** Core runs or does not. */
    record CoreStateChanged(boolean running) implements SupervisorEvent {}

    /** A room below the ledger has an issue to report; the ledger listens. */
    record IssueFound(
            String type, String context, Optional<String> reference, List<String> suggestions, String explanation)
            implements SupervisorEvent {}

    /** What {@link IssueFound} reported is mended. */
    record IssueSolved(String type, String context, Optional<String> reference) implements SupervisorEvent {}

    /** The store was read again and these repositories changed. */
    record StoreReloaded(List<String> repositories) implements SupervisorEvent {}
}
