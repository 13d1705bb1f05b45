package hakube.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A type of {@code endpoints.tsv}: what JSON of it must look like, and how OpenAPI says that. */
sealed interface Shape {

    /** Adds what is wrong with a value, with its path. */
    void check(String path, JsonElement value, ContractShape.Version version, List<String> faults);

    /** Schema object of OpenAPI 3.0. */
    JsonObject schema(ContractShape.Version version, Side side);

    /** What decides which keys are required. */
    enum Side {
        /** Those that the table marks. */
        REQUEST,
        /** All but those that are there under a condition only. */
        ANSWER
    }

    /** A plain value, by the table's word for it. */
    record Scalar(String name) implements Shape {

        private static final Map<String, String> FORMATS =
                Map.of("datetime", "date-time", "ip", "ip", "ipv4", "ipv4", "cidr", "cidr");

        @Override
        public void check(String path, JsonElement value, ContractShape.Version version, List<String> faults) {
            boolean fits =
                    switch (name) {
                        case "string", "datetime", "cidr" ->
                            isPlain(value) && value.getAsJsonPrimitive().isString();
                        case "ip", "ipv4" ->
                            isPlain(value) && value.getAsString().matches("\\d+(\\.\\d+){3}");
                        case "bool" ->
                            isPlain(value) && value.getAsJsonPrimitive().isBoolean();
                        case "int" -> isNumber(value) && value.getAsString().matches("-?\\d+");
                        case "float" -> isNumber(value);
                        case "object" -> value.isJsonObject();
                        default -> throw new IllegalArgumentException("type " + name);
                    };
            if (!fits) {
                faults.add(path + " is no " + name + ": " + value);
            }
        }

        @Override
        public JsonObject schema(ContractShape.Version version, Side side) {
            JsonObject schema = new JsonObject();
            schema.addProperty(
                    "type",
                    switch (name) {
                        case "bool", "flag" -> "boolean";
                        case "int" -> "integer";
                        case "float" -> "number";
                        case "object" -> "object";
                        default -> "string";
                    });
            if (FORMATS.containsKey(name)) {
                schema.addProperty("format", FORMATS.get(name));
            }
            return schema;
        }

        private static boolean isPlain(JsonElement value) {
            return value instanceof JsonPrimitive;
        }

        private static boolean isNumber(JsonElement value) {
            return isPlain(value) && value.getAsJsonPrimitive().isNumber();
        }
    }

    record Nullable(Shape type) implements Shape {
        @Override
        public void check(String path, JsonElement value, ContractShape.Version version, List<String> faults) {
            if (!value.isJsonNull()) {
                type.check(path, value, version, faults);
            }
        }

        @Override
        public JsonObject schema(ContractShape.Version version, Side side) {
            JsonObject schema = type.schema(version, side);
            schema.addProperty("nullable", true);
            return schema;
        }
    }

    /** One of several. */
    record Choice(List<Shape> types) implements Shape {
        @Override
        public void check(String path, JsonElement value, ContractShape.Version version, List<String> faults) {
            throw new IllegalArgumentException("a choice is in no answer");
        }

        @Override
        public JsonObject schema(ContractShape.Version version, Side side) {
            JsonArray all = new JsonArray();
            types.forEach(type -> all.add(type.schema(version, side)));
            JsonObject schema = new JsonObject();
            schema.add("anyOf", all);
            return schema;
        }
    }

    record Each(Shape type) implements Shape {
        @Override
        public void check(String path, JsonElement value, ContractShape.Version version, List<String> faults) {
            if (!value.isJsonArray()) {
                faults.add(path + " is no list: " + value);
                return;
            }
            int index = 0;
            for (JsonElement item : value.getAsJsonArray()) {
                type.check(path + "[" + index++ + "]", item, version, faults);
            }
        }

        @Override
        public JsonObject schema(ContractShape.Version version, Side side) {
            JsonObject schema = new Scalar("array").schema(version, side);
            schema.addProperty("type", "array");
            schema.add("items", type.schema(version, side));
            return schema;
        }
    }

    record Values(Shape type) implements Shape {
        @Override
        public void check(String path, JsonElement value, ContractShape.Version version, List<String> faults) {
            if (!value.isJsonObject()) {
                faults.add(path + " is no map: " + value);
                return;
            }
            for (Map.Entry<String, JsonElement> entry : value.getAsJsonObject().entrySet()) {
                type.check(path + "." + entry.getKey(), entry.getValue(), version, faults);
            }
        }

        @Override
        public JsonObject schema(ContractShape.Version version, Side side) {
            JsonObject schema = new Scalar("object").schema(version, side);
            schema.add("additionalProperties", type.schema(version, side));
            return schema;
        }
    }

    /** An object like the one around it. */
    record Self(Fields fields) implements Shape {
        @Override
        public void check(String path, JsonElement value, ContractShape.Version version, List<String> faults) {
            fields.check(path, value, version, faults);
        }

        @Override
        public JsonObject schema(ContractShape.Version version, Side side) {
            return new Scalar("object").schema(version, side);
        }
    }

    record Fields(List<Field> fields) implements Shape {
        @Override
        public void check(String path, JsonElement value, ContractShape.Version version, List<String> faults) {
            if (!value.isJsonObject()) {
                faults.add(path + " is no object: " + value);
                return;
            }
            JsonObject object = value.getAsJsonObject();
            for (Field field : fields) {
                String name = field.name(version);
                field.namesElsewhere(version)
                        .filter(object::has)
                        .forEach(other -> faults.add(path + "." + other + " is a key of the other version"));
                if (!field.isIn(version)) {
                    continue;
                }
                if (object.has(name)) {
                    field.type().check(path + "." + name, object.get(name), version, faults);
                } else if (!field.mayBeAbsent()) {
                    faults.add(path + "." + name + " is absent");
                }
            }
        }

        @Override
        public JsonObject schema(ContractShape.Version version, Side side) {
            JsonObject properties = new JsonObject();
            JsonArray required = new JsonArray();
            for (Field field : fields) {
                if (field.isIn(version)) {
                    properties.add(field.name(version), field.type().schema(version, side));
                    if (side == Side.ANSWER ? !field.mayBeAbsent() : field.isRequired()) {
                        required.add(field.name(version));
                    }
                }
            }
            JsonObject schema = new Scalar("object").schema(version, side);
            schema.add("properties", properties);
            if (!required.isEmpty()) {
                schema.add("required", required);
            }
            return schema;
        }
    }

    /**
     * A key.
     *
     * @param v2 its name in v2
     * @param isV1Only whether v2 has no such key
     * @param isSometimes whether it is there under a condition only
     */
    record Field(String v1, String v2, Shape type, boolean isRequired, boolean isV1Only, boolean isSometimes) {

        String name(ContractShape.Version version) {
            return version == ContractShape.Version.V1 ? v1 : v2;
        }

        /** What the key is called in the other version alone. */
        Stream<String> namesElsewhere(ContractShape.Version version) {
            return Stream.of(v1, v2).distinct().filter(name -> !isIn(version) || !name.equals(name(version)));
        }

        /** Objects in objects end somewhere. */
        boolean mayBeAbsent() {
            return isSometimes || type instanceof Each list && list.type() instanceof Self;
        }

        boolean isIn(ContractShape.Version version) {
            return version == ContractShape.Version.V1 || !isV1Only;
        }
    }
}
