package hakube.access;

/** Who sent a request. */
public sealed interface Caller {

    /** Home Assistant Core: everything that is not closed to all. */
    record Core() implements Caller {}

    /** The holder of the administrator's token, for {@code ha} and {@code curl}. */
    record Administrator() implements Caller {}

    /**
     * An installed app.
     *
     * @param hassioApi whether its role counts at all
     */
    record App(String slug, boolean hassioApi, Role role, boolean homeassistantApi, boolean authApi)
            implements Caller {}

    /** Role of an app ({@code hassio_role}). */
    enum Role {
        DEFAULT,
        HOMEASSISTANT,
        BACKUP,
        MANAGER,
        ADMIN
    }
}
