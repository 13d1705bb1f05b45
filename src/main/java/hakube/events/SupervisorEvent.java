package hakube.events;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
            implements SupervisorEvent {

        /** A state file that did not parse and now lies at {@code aside}. {@code context} is {@code core} or {@code system}. */
        public static IssueFound damagedFile(Path aside, String context, String explanation) {
            return new IssueFound("corrupt_file", context, Optional.of(aside.toString()), List.of(), explanation);
        }
    }

    /** What {@link IssueFound} reported is mended. */
    record IssueSolved(String type, String context, Optional<String> reference) implements SupervisorEvent {}

    /** An app's entry in Core's sidebar came or went; {@code slug} is the full one. */
    record PanelChanged(String slug, boolean isShown) implements SupervisorEvent {}

    /** The store was read again and these repositories changed. */
    record StoreReloaded(List<String> repositories) implements SupervisorEvent {}

    /** The update channel said something new. {@code key} is {@code core} or {@code supervisor}. */
    record VersionsLearnt(String key) implements SupervisorEvent {}

    /** The Supervisor reaches the internet, or does no more. */
    record InternetChanged(boolean isThere) implements SupervisorEvent {}

    /**
     * A job began, went on or ended.
     *
     * @param fields as event {@code job} carries them: {@code name reference uuid progress stage done parent_id errors created
     *     extra}, {@code null} values included; name and stage are upstream's present ones
     */
    record JobChanged(Map<String, Object> fields) implements SupervisorEvent {}

    /** A person changed which conditions of jobs are ignored, or the state file was read. {@code conditions} are wire words. */
    record JobConditionsIgnored(List<String> conditions) implements SupervisorEvent {}

    /**
     * An issue is new, or a suggestion for it came or went.
     *
     * @param fields as event {@code issue_changed} carries them: {@code uuid type context reference reference_extra}, {@code null}
     *     values included, and {@code suggestions}, a list of such maps; types are upstream's present ones
     */
    record IssueChanged(Map<String, Object> fields) implements SupervisorEvent {}

    /** An issue is gone. {@code fields} as in {@link IssueChanged}, without suggestions. */
    record IssueRemoved(Map<String, Object> fields) implements SupervisorEvent {}

    /** The reasons why this installation counts as unhealthy changed. {@code reasons} are sorted. */
    record HealthChanged(List<String> reasons) implements SupervisorEvent {}

    /** The reasons why this installation counts as unsupported changed. {@code reasons} are sorted. */
    record SupportedChanged(List<String> reasons) implements SupervisorEvent {}
}
