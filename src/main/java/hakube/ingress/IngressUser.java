package hakube.ingress;

import hakube.auth.CoreUser;
import java.util.Optional;

/** Whose session it is: what apps are told in the headers {@code X-Remote-User-*}. */
record IngressUser(String id, Optional<String> username, Optional<String> name) {

    static IngressUser of(CoreUser user) {
        return new IngressUser(user.id(), user.username(), user.name());
    }
}
