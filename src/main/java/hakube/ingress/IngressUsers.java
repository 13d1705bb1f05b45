package hakube.ingress;

import hakube.auth.CoreLogin;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/** Finds the user of a session at Core. */
@Singleton
final class IngressUsers {

    private static final Logger LOG = Logger.getLogger(IngressUsers.class.getName());

    private final CoreLogin core;

    @Inject
    IngressUsers(CoreLogin core) {
        this.core = core;
    }

    /** Empty for one that Core does not know, and when it gives no answer: the session is made all the same. */
    Optional<IngressUser> find(String id) {
        var users = core.users();
        if (users.isEmpty()) {
            LOG.warning("Home Assistant gave no list of users: an ingress session is without its user");
        }
        return users.orElse(List.of()).stream()
                .filter(user -> user.id().equals(id))
                .findFirst()
                .map(IngressUser::of);
    }
}
