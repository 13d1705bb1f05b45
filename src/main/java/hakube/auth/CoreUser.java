package hakube.auth;

import java.util.List;
import java.util.Optional;

/**
 * A user of Home Assistant, as far as Core tells (command {@code config/auth/list}).
 *
 * @param username empty for users of the system, and for those that log in by other means than a password
 * @param name as people see it
 */
public record CoreUser(
        String id,
        Optional<String> username,
        Optional<String> name,
        boolean isOwner,
        boolean isActive,
        boolean isLocalOnly,
        List<String> groupIds) {

    public CoreUser {
        groupIds = List.copyOf(groupIds);
    }
}
