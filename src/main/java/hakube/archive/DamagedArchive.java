package hakube.archive;

import java.io.IOException;

/** A part of a backup that is not whole or must not be unpacked; the message says what is wrong and where, and is fit for a log. */
public class DamagedArchive extends IOException {

    private static final long serialVersionUID = 1L;

    public DamagedArchive(String reason) {
        super(reason);
    }

    public DamagedArchive(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** The same, said of a place around it. */
    DamagedArchive in(String place) {
        return new DamagedArchive(place + ": " + getMessage(), this);
    }
}
