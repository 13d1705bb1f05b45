package hakube.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads the notation of {@code endpoints.tsv}: {@code x=>y} name in v1 and v2; {@code [v1]} behind a type: v1 only; {@code T?}
 * may be null; {@code [T]} list; <code>{*:T}</code> map; {@code !} required; {@code =v} default; {@code (words)} only then; {@code self} an
 * object like the one around it; {@code [as x]} as field x before it.
 */
final class ShapeReader {

    private final String text;
    /** Objects that are being read, the innermost first. */
    private final Deque<Shape.Fields> around = new ArrayDeque<>();

    private int at;

    private ShapeReader(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException when the text is none of this notation */
    static Shape read(String text) {
        boolean isOne = text.startsWith("{") || text.startsWith("[");
        ShapeReader reader = new ShapeReader(isOne ? text : "{" + text + "}");
        Shape shape = reader.type();
        if (reader.at < reader.text.length()) {
            throw new IllegalArgumentException("left over at " + reader.at + " of " + reader.text);
        }
        return shape;
    }

    private Shape type() {
        List<Shape> choice = new ArrayList<>();
        do {
            choice.add(single());
        } while (take("|"));
        return choice.size() == 1 ? choice.getFirst() : new Shape.Choice(choice);
    }

    private Shape single() {
        Shape type =
                switch (text.charAt(at)) {
                    case '[' -> list();
                    case '{' -> text.startsWith("{*:", at) ? map() : fields();
                    default -> take("self") ? new Shape.Self(around.getFirst()) : new Shape.Scalar(word());
                };
        return take("?") ? new Shape.Nullable(type) : type;
    }

    private Shape list() {
        expect("[");
        Shape type = type();
        expect("]");
        return new Shape.Each(type);
    }

    private Shape map() {
        expect("{*:");
        Shape type = type();
        expect("}");
        return new Shape.Values(type);
    }

    private Shape fields() {
        Shape.Fields fields = new Shape.Fields(new ArrayList<>());
        around.push(fields);
        expect("{");
        while (!take("}")) {
            fields.fields().add(field());
            take(",");
        }
        return around.pop();
    }

    private Shape.Field field() {
        String v1 = word();
        String v2 = take("=>") ? word() : v1;
        expect(":");
        Shape type = take("[as ") ? before(word()) : type();
        boolean isRequired = take("!");
        skipDefault();
        boolean isSometimes = skipNote();
        return new Shape.Field(v1, v2, type, isRequired, take("[v1]"), isSometimes);
    }

    private Shape before(String field) {
        expect("]");
        return around.getFirst().fields().stream()
                .filter(known -> known.v1().equals(field))
                .findFirst()
                .orElseThrow()
                .type();
    }

    private void skipDefault() {
        if (take("=")) {
            while (at < text.length() && ",}(".indexOf(text.charAt(at)) < 0) {
                at++;
            }
        }
    }

    private boolean skipNote() {
        boolean isThere = take("(");
        if (isThere) {
            at = text.indexOf(')', at) + 1;
        }
        return isThere;
    }

    private String word() {
        int begin = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(begin, at);
    }

    private boolean take(String expected) {
        if (text.startsWith(expected, at)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    private void expect(String expected) {
        if (!take(expected)) {
            throw new IllegalArgumentException("expected " + expected + " at " + at + " of " + text);
        }
    }
}
