package hakube.archive;

/** The password does not open the part, or there is none and the part is encrypted. */
public final class WrongPassword extends DamagedArchive {

    private static final long serialVersionUID = 1L;

    public WrongPassword(String reason) {
        super(reason);
    }

    /** It is no matter of one place: the whole backup has one password. */
    @Override
    WrongPassword in(String place) {
        return this;
    }
}
