package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.ControlPlane;
import hakube.testing.Nginx;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of 1 GiB on its way to a client, against an nginx that sends the same file by {@code sendfile}, in turns. */
class BackupTransferSlowIT {

    private static final int ROUNDS = 5;
    private static final double SHARE = 0.7;
    private static final long GIB = 1 << 30;

    @TempDir
    private Path folder;

    @Test
    void isSentAsQuicklyAsAFile() throws Exception {
        Path nginxFolder = Files.createDirectory(folder.resolve("nginx"));
        InetSocketAddress address = IngressWorld.free();
        try (Space space = ControlPlane.namespace("backup-transfer");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder.resolve("supervisor"))) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            BenchOptions.given().forEach(supervisor::withJavaOption);
            supervisor.startToRunning();
            Path backup = backup(supervisor);
            String texts = NginxTexts.largeFiles(nginxFolder, address, backup.getParent());
            try (Nginx nginx = Nginx.start(nginxFolder, texts, address)) {
                Figures.tell("download of a backup of 1 GiB, " + Figures.load());
                URI theirs = IngressWorld.at(address, "/" + backup.getFileName());
                String slug = backup.getFileName().toString().replace(".tar", "");
                URI ours = supervisor.api().resolve("/backups/" + slug + "/download");
                double share = share(
                        () -> seconds(theirs, "Accept: */*", Files.size(backup)),
                        () -> seconds(ours, "Authorization: Bearer " + supervisor.token(), Files.size(backup)));
                Figures.tell(String.format(
                        Locale.ROOT,
                        "resident at most: %.0f MiB",
                        Resident.of(supervisor.pid()).peak()));
                assertTrue(share >= SHARE, "share " + share);
            }
        }
    }

    private interface Side {
        double seconds() throws Exception;
    }

    private static double share(Side theirs, Side ours) throws Exception {
        List<Double> nginx = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        theirs.seconds();
        ours.seconds();
        for (int round = 0; round < ROUNDS; round++) {
            nginx.add(theirs.seconds());
            own.add(ours.seconds());
        }
        double their =
                Figures.median(nginx.stream().mapToDouble(Double::doubleValue).toArray());
        double our =
                Figures.median(own.stream().mapToDouble(Double::doubleValue).toArray());
        Figures.tell(String.format(Locale.ROOT, "%.2f s, nginx %.2f s, share %.2f", our, their, their / our));
        return their / our;
    }

    private static double seconds(URI url, String header, long octets) throws IOException, InterruptedException {
        return Curl.start(url, header, octets, List.of("-o", "/dev/null")).seconds();
    }

    /** Makes one of a large file, nothing compressed. */
    private static Path backup(SupervisorProcess supervisor) throws IOException {
        Path large = supervisor.share().resolve("share/large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(GIB);
        }
        String slug = supervisor
                .ask("POST", "/backups/new/partial", "{\"folders\": [\"share\"], \"compressed\": false}")
                .data()
                .get("slug")
                .getAsString();
        Files.delete(large);
        return supervisor.share().resolve("backup").resolve(slug + ".tar");
    }
}
