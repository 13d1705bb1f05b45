package hakube.api;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A column of {@code endpoints.tsv} that describes JSON, see {@link ShapeReader}. */
public final class ContractShape {

    private static final String JSON = "json: ";

    private ContractShape() {}

    /** Whose names count. */
    public enum Version {
        V1,
        V2
    }

    /**
     * What is wrong with {@code data} in v1: a key that is absent, null or of another type, with its path; empty when all is well.
     *
     * @param response column of the table, {@code json: } and then the fields
     */
    public static List<String> faults(String response, JsonElement data) {
        return faults(response, data, Version.V1);
    }

    /** As {@link #faults(String, JsonElement)}, in either version. */
    public static List<String> faults(String response, JsonElement data, Version version) {
        List<String> faults = new ArrayList<>();
        ofResponse(response).orElseThrow().check("data", data, version, faults);
        return faults;
    }

    /** The shape of {@code data}, empty for what is no JSON. */
    static Optional<Shape> ofResponse(String response) {
        if (!response.startsWith(JSON)) {
            return Optional.empty();
        }
        String shape = response.substring(JSON.length()).replaceFirst(" \\(.*", "");
        return Optional.of(ShapeReader.read(shape.equals("validated options object") ? "{}" : shape));
    }
}
