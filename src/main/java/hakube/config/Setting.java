package hakube.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One entry of the catalogue: everything that is known about one variable.
 *
 * @param variable name of the environment variable, which is what users know
 * @param fallback what counts when the variable is unset
 * @param effect one sentence
 * @param emptyIsOff an empty value means "off"; for all others it means "unset"
 */
record Setting<T>(String variable, Rule<T> rule, Fallback fallback, String effect, String example, boolean emptyIsOff) {

    /** What counts when nothing was set. */
    sealed interface Fallback {

        /** Nothing: the start is refused. */
        record Required() implements Fallback {}

        /** Nothing: the start is refused if the other setting is true. */
        record RequiredWith(Setting<Boolean> other) implements Fallback {}

        /** Nothing; the text says what happens then. */
        record Absent(String meaning) implements Fallback {}

        record Fixed(String value) implements Fallback {}

        /** Found in the surroundings of the process; throws {@link Rule.Refusal} where there has to be something. */
        record Found(String meaning, BiFunction<Surroundings, Values, Optional<String>> search) implements Fallback {}
    }

    static <T> Setting<T> of(String variable, Rule<T> rule) {
        return new Setting<>(variable, rule, new Fallback.Required(), "", "", false);
    }

    Setting<T> or(String value) {
        return with(new Fallback.Fixed(value)).example(example.isEmpty() ? value : example);
    }

    Setting<T> orNothing(String meaning) {
        return with(new Fallback.Absent(meaning));
    }

    Setting<T> orFound(String meaning, BiFunction<Surroundings, Values, Optional<String>> search) {
        return with(new Fallback.Found(meaning, search));
    }

    Setting<T> requiredWith(Setting<Boolean> other) {
        return with(new Fallback.RequiredWith(other));
    }

    Setting<T> emptyTurnsOff() {
        return new Setting<>(variable, rule, fallback, effect, example, true);
    }

    Setting<T> example(String text) {
        return new Setting<>(variable, rule, fallback, effect, text, emptyIsOff);
    }

    Setting<T> effect(String sentence) {
        return new Setting<>(variable, rule, fallback, sentence, example, emptyIsOff);
    }

    /** {@code SUPERVISOR_K8S_NAMESPACE} is {@code supervisor.k8s.namespace}. */
    String property() {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** What {@code docs/configuration.md} says for the unset variable. */
    String whenUnset() {
        return switch (fallback) {
            case Fallback.Required _ -> "– (required)";
            case Fallback.RequiredWith(Setting<Boolean> other) -> "– (required with `" + other.variable() + "`)";
            case Fallback.Absent(String meaning) -> meaning;
            case Fallback.Fixed(String value) -> "`" + value + "`";
            case Fallback.Found found -> found.meaning();
        };
    }

    private Setting<T> with(Fallback other) {
        return new Setting<>(variable, rule, other, effect, example, emptyIsOff);
    }
}
