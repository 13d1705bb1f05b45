package hakube.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A log on its way to a client. Whoever has one writes it, or closes it. */
interface LogAnswer extends AutoCloseable {

    /** Cursor of the first entry, empty when there is none. */
    Optional<String> firstCursor();

    /** Writes all of it and closes its source, as fast as the client reads and no longer than it is there. */
    void writeTo(OutputStream client) throws IOException;

    @Override
    void close();
}
