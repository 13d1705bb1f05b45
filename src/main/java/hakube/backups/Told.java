package hakube.backups;

import hakube.archive.ArchiveReader;
import hakube.archive.NotABackup;
import hakube.archive.TarMember;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a file tells of itself: which backup it is of. */
record Told(BackupMetadata metadata, BackupFile file) {

    /** Of {@code backup.json}, in octets, in the archive as well as in memory; a real one has some kilobytes. */
    static final int LARGEST_METADATA = 1024 * 1024;

    /** The older one wins where both are there. */
    private static final List<String> METADATA = List.of("./snapshot.json", "./backup.json");

    /** How the text of {@code backup.json} is read. */
    interface Reading {
        BackupMetadata read(String text) throws NotABackup;
    }

    /** Reads the headers of all members and the metadata. @throws NotABackup with the reason */
    static Told of(Path file, Reading reading) throws IOException, NotABackup {
        try (ArchiveReader archive = ArchiveReader.open(file)) {
            byte[] told = archive.read(metadataOf(archive), LARGEST_METADATA);
            BackupMetadata metadata = reading.read(text(told));
            int weight = metadata.weight();
            if (weight > LARGEST_METADATA) {
                throw new NotABackup("what it says of itself would take " + weight + " octets of memory");
            }
            return new Told(metadata, new BackupFile(file, metadata.isProtected(), archive.size()));
        }
    }

    /** The same of a file that has another name now. */
    Told at(Path path) {
        return new Told(metadata, new BackupFile(path, file.isProtected(), file.size()));
    }

    /** Of members of one name the last one counts. */
    private static TarMember metadataOf(ArchiveReader archive) throws IOException, NotABackup {
        List<TarMember> members = archive.members();
        for (String name : METADATA) {
            for (TarMember member : members.reversed()) {
                if (member.name().equals(name) && member.isFile()) {
                    return member;
                }
            }
        }
        throw new NotABackup("it has no ./backup.json");
    }

    private static String text(byte[] bytes) throws NotABackup {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NotABackup("what it says of itself is no UTF-8", e);
        }
    }
}
