package hakube.kubernetes;

import com.google.gson.JsonObject;
import java.util.Optional;

/** Reads the answer to a deletion: a Status, or the object as it was or still is. */
final class Deletion {

    private Deletion() {}

    /** Whether the object stays until something has ended: its grace period, or whoever holds a finalizer. */
    static boolean isPending(JsonObject answer) {
        if (ObjectCalls.text(answer, "kind").equals("Status") || !answer.has("metadata")) {
            return false;
        }
        JsonObject metadata = answer.getAsJsonObject("metadata");
        boolean hasGrace = metadata.has("deletionGracePeriodSeconds")
                && metadata.get("deletionGracePeriodSeconds").getAsLong() > 0;
        return metadata.has("deletionTimestamp") && (hasGrace || metadata.has("finalizers"));
    }

    static Optional<String> uid(JsonObject answer) {
        boolean isStatus = ObjectCalls.text(answer, "kind").equals("Status");
        JsonObject bearer = answer.getAsJsonObject(isStatus ? "details" : "metadata");
        return Optional.ofNullable(bearer)
                .map(known -> ObjectCalls.text(known, "uid"))
                .filter(uid -> !uid.isEmpty());
    }
}
