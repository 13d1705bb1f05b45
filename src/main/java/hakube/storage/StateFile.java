package hakube.storage;

import hakube.api.Json;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One state file: a record on disk, owned by one room.
 *
 * @param <T> a record that JSON-B reads and writes
 */
public final class StateFile<T> {

    private static final Logger LOG = Logger.getLogger(StateFile.class.getName());

    private final Path path;
    private final Class<T> type;

    public StateFile(Path path, Class<T> type) {
        this.path = path;
        this.type = type;
    }

    /**
     * Reads the file.
     *
     * @param damaged is told of where a file went that did not parse; it was set aside under that name
     * @return the value, empty when there is no file, or none that parses
     */
    public Optional<T> read(Consumer<Path> damaged) {
        String text;
        try {
            text = Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            setAside(damaged, e);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
        try {
            // The cast is for JsonObject: whatever JSON is there comes back as if it were one.
            return Optional.ofNullable(type.cast(Json.file().<Object>fromJson(text, type)));
        } catch (JsonbException | IllegalArgumentException | NullPointerException | ClassCastException e) {
            setAside(damaged, e);
            return Optional.empty();
        }
    }

    /** Replaces the file in one step, mode 0600. */
    public void write(T value) {
        AtomicWrite.write(path, Json.file().toJson(value).getBytes(StandardCharsets.UTF_8));
    }

    private void setAside(Consumer<Path> damaged, Exception cause) {
        Path aside = path.resolveSibling(
                path.getFileName() + ".damaged-" + Instant.now().toEpochMilli());
        try {
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot set aside the damaged file " + path, e);
        }
        LOG.log(Level.SEVERE, path + " could not be read and was set aside as " + aside, cause);
        damaged.accept(aside);
    }
}
