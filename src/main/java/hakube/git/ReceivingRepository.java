package hakube.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/** A bare repository for the objects of one fetch, whatever brings them: what is parsed into it is counted. */
final class ReceivingRepository extends FileRepository {

    private final Meter meter;

    private ReceivingRepository(Path folder, Meter meter) throws IOException {
        super(folder.toFile());
        this.meter = meter;
    }

    /** Makes one in a folder that is not there yet. */
    static ReceivingRepository make(Path folder, Meter meter) throws IOException {
        ReceivingRepository repository = new ReceivingRepository(folder, meter);
        repository.create(true);
        return repository;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter plain = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return plain;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                PackParser parser = plain.newPackParser(new PackInput(in, meter));
                parser.setMaxObjectSizeLimit(Meter.LARGEST_OBJECT);
                return parser;
            }
        };
    }
}
