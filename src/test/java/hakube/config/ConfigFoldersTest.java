package hakube.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file in {@code config/} and folders as the kubelet mounts them. */
class ConfigFoldersTest {

    @TempDir
    Path folder;

    @Test
    void aMountIsReadThroughItsLinksAndNothingBesideThem() throws IOException {
        Path mount = Files.createDirectories(folder.resolve("mount"));
        Path real = Files.createDirectories(mount.resolve("..2026_11_25_09_00_00.1"));
        Files.writeString(real.resolve("SUPERVISOR_NAME"), "boss\n");
        Files.writeString(real.resolve("supervisor.machine"), " green ");
        Files.createSymbolicLink(mount.resolve("..data"), real.getFileName());
        Files.createSymbolicLink(mount.resolve("SUPERVISOR_NAME"), Path.of("..data/SUPERVISOR_NAME"));
        Files.createSymbolicLink(mount.resolve("supervisor.machine"), Path.of("..data/supervisor.machine"));
        Files.writeString(mount.resolve(".hidden"), "x");
        Files.createDirectories(mount.resolve("supervisor.share"));

        ConfigSource source = sources(mount.toString()).getFirst();

        assertEquals("boss", source.getValue("supervisor.name"));
        assertEquals("green", source.getValue("supervisor.machine"));
        assertEquals(Set.of("SUPERVISOR_NAME", "supervisor.name", "supervisor.machine"), source.getPropertyNames());
    }

    @Test
    void theFileTakesPropertiesAndVariables() throws IOException {
        Path file = Files.writeString(
                folder.resolve("x.properties"), "# note\nsupervisor.name = boss\nSUPERVISOR_K8S_NAMESPACE=höme\n");
        ConfigSource source = ConfigFolders.sources(file, "").getFirst();

        assertEquals("boss", source.getValue("supervisor.name"));
        assertEquals("höme", source.getValue("supervisor.k8s.namespace"));
    }

    @Test
    void withinOneSourceThePropertyWinsOverTheVariable() throws IOException {
        Path mount = mount("mount", "SUPERVISOR_NAME", "variable");
        Files.writeString(mount.resolve("supervisor.name"), "property");

        assertEquals("property", sources(mount.toString()).getFirst().getValue("supervisor.name"));
    }

    @Test
    void theFirstFolderWinsAndEachWinsOverTheFile() throws IOException {
        Path first = mount("first", "SUPERVISOR_NAME", "first");
        Path second = mount("second", "SUPERVISOR_NAME", "second");
        Files.writeString(second.resolve("SUPERVISOR_MACHINE"), "second");
        Path file = Files.writeString(
                folder.resolve("x.properties"), "supervisor.name=file\nsupervisor.machine=file\nsupervisor.share=file");
        Config config = ConfigProviderResolver.instance()
                .getBuilder()
                .withSources(
                        ConfigFolders.sources(file, first + ":" + second + ":").toArray(ConfigSource[]::new))
                .build();

        assertEquals("first", config.getValue("supervisor.name", String.class));
        assertEquals("second", config.getValue("supervisor.machine", String.class));
        assertEquals("file", config.getValue("supervisor.share", String.class));
    }

    @Test
    void noFileAndNoFolderAreNoFault() {
        assertEquals(List.of(), sources(""));
    }

    @Test
    void everySourceThatCannotBeReadIsNamedInOneMessage() throws IOException {
        Path file = Files.writeString(folder.resolve("x.properties"), "supervisor.name=\\u12");
        Path binary = Files.createDirectories(folder.resolve("binary"));
        Files.write(binary.resolve("SUPERVISOR_NAME"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Path plain = Files.writeString(folder.resolve("plain"), "");

        String message = assertThrows(
                        IllegalStateException.class,
                        () -> ConfigFolders.sources(file, folder.resolve("none") + ":" + plain + ":" + binary))
                .getMessage();

        assertEquals(5, message.lines().count(), message);
        assertTrue(message.startsWith("The configuration cannot be read. Nothing was started or changed."), message);
        assertTrue(message.contains("\n  " + file + ": Malformed \\uxxxx encoding.. Allowed: properties"), message);
        assertTrue(
                message.contains("\n  HAKUBE_CONFIG_DIR holds \"" + folder.resolve("none")
                        + "\": there is no such directory. Allowed: readable directories parted by `:`"),
                message);
        assertTrue(message.contains("holds \"" + plain + "\": that is no directory. Allowed: "), message);
        assertTrue(message.contains("holds \"" + binary + "\": its file SUPERVISOR_NAME: not UTF-8 text. "), message);
    }

    private List<ConfigSource> sources(String folders) {
        return ConfigFolders.sources(folder.resolve("no.properties"), folders);
    }

    private Path mount(String name, String file, String text) throws IOException {
        Path mount = Files.createDirectories(folder.resolve(name));
        Files.writeString(mount.resolve(file), text);
        return mount;
    }
}
