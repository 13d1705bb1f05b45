package hakube.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A shape of {@code endpoints.tsv}, such as {@code name:string,ports:{*:int?}?}, held against JSON of v1. Notation: {@code
 * x=>y} name in v1 and v2; {@code [v1]} behind a type: v1 only; {@code T?} may be null; {@code [T]} list; {@code {*:T}} map.
 */
public final class ContractShape {

    private final String text;
    private int at;

    private ContractShape(String text) {
        this.text = text;
    }

    /**
     * What is wrong with {@code data}: a key that is absent, null or of another type, with its path; empty when all is well.
     *
     * @param response column of the table, {@code json: } and then the fields
     */
    public static List<String> faults(String response, JsonElement data) {
        String shape = response.replaceFirst("^json: ", "").replaceFirst(" \\(.*", "");
        List<String> faults = new ArrayList<>();
        boolean isOne = shape.startsWith("{") || shape.startsWith("[");
        new ContractShape(isOne ? shape : "{" + shape + "}").type().check("data", data, faults);
        return faults;
    }

    private interface Type {
        void check(String path, JsonElement value, List<String> faults);
    }

    private record Scalar(String name) implements Type {
        @Override
        public void check(String path, JsonElement value, List<String> faults) {
            boolean fits =
                    switch (name) {
                        case "string", "datetime", "cidr" ->
                            is(value) && value.getAsJsonPrimitive().isString();
                        case "ip", "ipv4" -> is(value) && value.getAsString().matches("\\d+(\\.\\d+){3}");
                        case "bool" -> is(value) && value.getAsJsonPrimitive().isBoolean();
                        case "int" -> isNumber(value) && value.getAsString().matches("-?\\d+");
                        case "float" -> isNumber(value);
                        case "object" -> value.isJsonObject();
                        default -> throw new IllegalArgumentException("type " + name);
                    };
            if (!fits) {
                faults.add(path + " is no " + name + ": " + value);
            }
        }

        private static boolean is(JsonElement value) {
            return value instanceof JsonPrimitive;
        }

        private static boolean isNumber(JsonElement value) {
            return is(value) && value.getAsJsonPrimitive().isNumber();
        }
    }

    private record Nullable(Type type) implements Type {
        @Override
        public void check(String path, JsonElement value, List<String> faults) {
            if (!value.isJsonNull()) {
                type.check(path, value, faults);
            }
        }
    }

    private record Each(Type type) implements Type {
        @Override
        public void check(String path, JsonElement value, List<String> faults) {
            if (!value.isJsonArray()) {
                faults.add(path + " is no list: " + value);
                return;
            }
            int index = 0;
            for (JsonElement item : value.getAsJsonArray()) {
                type.check(path + "[" + index++ + "]", item, faults);
            }
        }
    }

    private record Values(Type type) implements Type {
        @Override
        public void check(String path, JsonElement value, List<String> faults) {
            if (!value.isJsonObject()) {
                faults.add(path + " is no map: " + value);
                return;
            }
            for (Map.Entry<String, JsonElement> entry : value.getAsJsonObject().entrySet()) {
                type.check(path + "." + entry.getKey(), entry.getValue(), faults);
            }
        }
    }

    private record Fields(Map<String, Type> types) implements Type {
        @Override
        public void check(String path, JsonElement value, List<String> faults) {
            if (!value.isJsonObject()) {
                faults.add(path + " is no object: " + value);
                return;
            }
            JsonObject object = value.getAsJsonObject();
            types.forEach((name, type) -> {
                if (object.has(name)) {
                    type.check(path + "." + name, object.get(name), faults);
                } else {
                    faults.add(path + "." + name + " is absent");
                }
            });
        }
    }

    private Type type() {
        Type type =
                switch (text.charAt(at)) {
                    case '[' -> list();
                    case '{' -> text.startsWith("{*:", at) ? map() : fields();
                    default -> new Scalar(word());
                };
        if (take("?")) {
            type = new Nullable(type);
        }
        take("[v1]");
        return type;
    }

    private Type list() {
        expect("[");
        Type type = type();
        expect("]");
        return new Each(type);
    }

    private Type map() {
        expect("{*:");
        Type type = type();
        expect("}");
        return new Values(type);
    }

    private Type fields() {
        Map<String, Type> types = new java.util.LinkedHashMap<>();
        expect("{");
        while (!take("}")) {
            String name = word();
            if (take("=>")) {
                word();
            }
            expect(":");
            types.put(name, type());
            take(",");
        }
        return new Fields(types);
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
