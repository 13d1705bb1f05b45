package hakube.archive;

import java.io.IOException;

/** What fills a part of a backup. */
@FunctionalInterface
public interface PartBody {

    /** @throws IOException the part is taken back and the failure goes on to whoever began it */
    void write(PartWriter part) throws IOException;
}
