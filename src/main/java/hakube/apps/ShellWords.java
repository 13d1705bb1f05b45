package hakube.apps;

import hakube.api.ApiFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line as a POSIX shell splits it into words, without a shell's other wonders; a container's command is one (upstream hands
 * it to Docker's client, which does the same with Python's {@code shlex}). Pure.
 */
final class ShellWords {

    private static final String SPECIAL_IN_QUOTES = "\"\\";

    private final String line;
    private final List<String> words = new ArrayList<>();
    private StringBuilder word;
    private int at;

    private ShellWords(String line) {
        this.line = line;
    }

    /** @throws ApiFailure.BadRequest a quotation has no end */
    static List<String> of(String line) {
        ShellWords reading = new ShellWords(line);
        reading.read();
        return List.copyOf(reading.words);
    }

    private void read() {
        while (at < line.length()) {
            char next = line.charAt(at++);
            switch (next) {
                case ' ', '\t', '\r', '\n' -> end();
                case '\'' -> single();
                case '"' -> twofold();
                case '\\' -> begun().append(required());
                default -> begun().append(next);
            }
        }
        end();
    }

    private void single() {
        int close = line.indexOf('\'', at);
        if (close < 0) {
            throw unfinished();
        }
        begun().append(line, at, close);
        at = close + 1;
    }

    private void twofold() {
        StringBuilder inside = begun();
        for (char next = required(); next != '"'; next = required()) {
            if (next != '\\') {
                inside.append(next);
                continue;
            }
            char escaped = required();
            if (SPECIAL_IN_QUOTES.indexOf(escaped) < 0) {
                inside.append('\\');
            }
            inside.append(escaped);
        }
    }

    private StringBuilder begun() {
        if (word == null) {
            word = new StringBuilder();
        }
        return word;
    }

    private void end() {
        if (word != null) {
            words.add(word.toString());
            word = null;
        }
    }

    private char required() {
        if (at == line.length()) {
            throw unfinished();
        }
        return line.charAt(at++);
    }

    private ApiFailure unfinished() {
        return new ApiFailure.BadRequest("The command " + line + " ends in the middle of a quotation");
    }
}
