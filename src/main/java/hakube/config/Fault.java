package hakube.config;

import java.util.List;
import java.util.Optional;

/**
 * One setting with which the process cannot start.
 *
 * @param held what it holds, secrets masked; empty when it is unset
 * @param source where that was set, or found
 * @param problem what is wrong with it
 * @param allowed what it may hold
 */
public record Fault(
        String variable, Optional<String> held, String source, String problem, String allowed, String example) {

    private static final int LONGEST = 120;

    /** Hides what looks like a secret in any value: a user may have put it into the wrong variable. */
    static String masked(String text) {
        String masked = withoutSecrets(text);
        return masked.length() > LONGEST ? masked.substring(0, LONGEST) + "…" : masked;
    }

    static String withoutSecrets(String text) {
        return text.replaceAll("//[^/@\\s]*@", "//***@")
                .replaceAll(
                        "(?i)([-_a-z]*(?:token|password|passwd|secret|api_?key)\"?\\s*[=:]\\s*\"?)[^\\s\"&,;}]+",
                        "$1***")
                .replaceAll("\\p{Cntrl}", "�");
    }

    /** The one message about all faults, for whoever has to correct them. */
    public static String message(List<Fault> faults) {
        StringBuilder message = new StringBuilder("The configuration has %d %s. Nothing was started or changed."
                .formatted(faults.size(), faults.size() == 1 ? "fault" : "faults"));
        for (Fault fault : faults) {
            message.append("\n  ").append(fault.sentence());
            message.append("\n      allowed: ").append(fault.allowed);
            message.append("\n      example: ")
                    .append(fault.variable)
                    .append('=')
                    .append(fault.example);
        }
        return message.append("\nSet them in the environment of the Supervisor; see docs/configuration.md.")
                .toString();
    }

    private String sentence() {
        return held.map(text -> "%s holds \"%s\" (%s): %s".formatted(variable, text, source, problem))
                .orElseGet(() -> "%s is not set%s".formatted(variable, problem.isEmpty() ? "" : ": " + problem));
    }
}
