package hakube.archive;

/** There is more in a part than {@link Limits} allow; nothing is said of whether it is whole. */
public final class TooLarge extends DamagedArchive {

    private static final long serialVersionUID = 1L;

    TooLarge(String reason) {
        super(reason);
    }

    private TooLarge(String reason, Throwable cause) {
        super(reason, cause);
    }

    @Override
    TooLarge in(String place) {
        return new TooLarge(place + ": " + getMessage(), this);
    }
}
