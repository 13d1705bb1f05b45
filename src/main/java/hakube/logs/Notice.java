package hakube.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One line in the place of a log that a cluster does not have; no entry, so there is nothing before it to ask for. */
record Notice(LogSource.Absent source) implements LogAnswer {

    @Override
    public Optional<String> firstCursor() {
        return Optional.empty();
    }

    @Override
    public void writeTo(OutputStream client) throws IOException {
        client.write((source.subject() + " is not supported in Kubernetes runtime\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}
}
