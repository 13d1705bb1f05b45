package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.archive.NotABackup;
import hakube.backups.BackupMetadata.AppPart;
import hakube.backups.BackupMetadata.CorePart;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataReaderTest {

    private static final String LEAST = "'slug': 'a', 'name': '', 'date': 'yesterday', 'type': 'full'";

    @Test
    void whatIsNotSaidHasItsDefault() throws NotABackup {
        BackupMetadata metadata = read("");

        assertEquals(1, metadata.version());
        assertEquals(BackupType.FULL, metadata.type());
        assertEquals("yesterday", metadata.date());
        assertEquals("2022.08.3", metadata.supervisorVersion());
        assertTrue(metadata.isCompressed());
        assertFalse(metadata.isProtected());
        assertEquals(Optional.empty(), metadata.core());
        assertEquals(List.of(), metadata.apps());
        assertEquals(List.of(), metadata.folders());
        assertEquals(List.of(), metadata.repositories());
        assertEquals("{}", metadata.extra());
    }

    @Test
    void partsAreRead() throws NotABackup {
        BackupMetadata metadata =
                read(", 'homeassistant': {'version': '2026.1.0', 'exclude_database': true, 'size': 1.5, 'port': 1},"
                        + " 'addons': [{'slug': 'local_a', 'name': 'A', 'version': '1', 'size': '0.25', 'image': 'x'}],"
                        + " 'folders': ['homeassistant', 'addons/local'], 'crypto': 'aes128', 'docker': {}, 'later': 7,"
                        + " 'repositories': ['core', 'https://example.org/r#main']");

        assertEquals(Optional.of(new CorePart("2026.1.0", true, 1.5)), metadata.core());
        assertEquals(List.of(new AppPart("local_a", "A", "1", 0.25)), metadata.apps());
        assertEquals(List.of("addons/local"), metadata.folders());
        assertEquals(List.of("core", "https://example.org/r#main"), metadata.repositories());
    }

    /** Upstream lists such a backup as well. */
    @Test
    void aVersionThatNobodyKnowsHidesNoBackup() throws NotABackup {
        BackupMetadata metadata =
                read(", 'supervisor_version': null, 'addons': [{'slug': 'local_a', 'name': 'A', 'version': null}]");

        assertEquals("2022.08.3", metadata.supervisorVersion());
        assertEquals(List.of(new AppPart("local_a", "A", "", 0)), metadata.apps());
    }

    /** Version 1 had a hash there. */
    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "'c2FsdGVk', true", "'', true"})
    void anyTextProtects(String value, boolean isProtected) throws NotABackup {
        String written = value.matches("true|false") ? value : "'" + value + "'";
        assertEquals(isProtected, read(", 'protected': " + written).isProtected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "''", "0", "false", "{'version': null, 'size': 'odd'}", "{'size': 3}"})
    void withoutVersionThereIsNothingOfCore(String value) throws NotABackup {
        assertEquals(Optional.empty(), read(", 'homeassistant': " + value).core());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                ", 'type': 'some';expected BackupType or one of 'full', 'partial' for dictionary value @ data['type']. Got 'some'",
                ", 'version': 3;value must be at most 2 for dictionary value @ data['version']. Got 3",
                ", 'slug': 7;expected str for dictionary value @ data['slug']. Got 7",
                ", 'folders': ['share', 'etc'];value must be one of ['addons/local', 'media', 'share', 'ssl'] @ data['folders'][1]. Got 'etc'",
                ", 'folders': ['ssl', 'ssl'];contains duplicate items: ['ssl']",
                ", 'homeassistant': 7;expected a dictionary for dictionary value @ data['homeassistant']. Got 7",
                ", 'homeassistant': {'version': []};expected str for dictionary value @ data['homeassistant']['version']. Got []",
                ", 'addons': {};expected a list for dictionary value @ data['addons']. Got {}",
                ", 'addons': [1];expected a dictionary @ data['addons'][0]. Got 1",
                ", 'addons': [{'slug': 'a'}];required key not provided @ data['addons'][0]['name']. Got None",
                ", 'addons': [{'slug':'a','name':'','version':'1'},{'slug':'b','name':7}];@ data['addons'][1]['name']. Got 7",
                ", 'addons': [{'slug':'a','name':'','version':'1','size':'x'}];expected float for dictionary value @ data['addons'][0]['size']. Got 'x'",
                ", 'addons': [{'slug':'a','name':'','version':'1'},{'slug':'a','name':'','version':'1'}];Invalid app list in backup! for dictionary value @ data['addons']. Got [{'slug': 'a'",
                ", 'repositories': ['no repository'];No valid repository format!",
                ", 'extra': [];expected dict",
            })
    void whatDoesNotFitIsToldAsUpstreamDoes(String more, String reason) {
        String message = assertThrows(NotABackup.class, () -> read(more)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void aVersionMayBeANumber() throws NotABackup {
        BackupMetadata metadata = read(", 'supervisor_version': 203, 'homeassistant': {'version': 0.118},"
                + " 'addons': [{'slug': 'a', 'name': '', 'version': 1.0}]");

        assertEquals("203", metadata.supervisorVersion());
        assertEquals("0.118", metadata.core().orElseThrow().version());
        assertEquals("1.0", metadata.apps().getFirst().version());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a0d7b954",
                "https://example.org/some where|else",
                "ssh://git@example.org:22/a#some/branch-1.0",
                "http://under_score.example"
            })
    void aRepositoryThatUpstreamTakesHidesNoBackup(String name) throws NotABackup {
        assertEquals(List.of(name), read(", 'repositories': ['" + name + "']").repositories());
    }

    @ParameterizedTest
    @ValueSource(strings = {"git@example.org:a/b.git", "https:///nowhere", "/home", "https://example.org#", "Core"})
    void whatIsNoRepositoryIsRefused(String name) {
        assertThrows(NotABackup.class, () -> read(", 'repositories': ['" + name + "']"));
    }

    /** One fault does not hide another, wherever it is. */
    @Test
    void allFaultsAreTold() {
        String message = assertThrows(
                        NotABackup.class, () -> read(", 'slug': 7, 'homeassistant': 7, 'addons': [{'name': 7}]"))
                .getMessage();

        assertEquals(5, message.lines().count(), message);
    }

    @Test
    void whatTheClientNotedIsKeptAsItsText() throws NotABackup {
        assertEquals(
                "{\"b\":[1,2.50],\"a\":null}",
                read(", 'extra': { 'b': [1, 2.50], 'a': null }").extra());
    }

    /** A text of two octets for each character, and what holds it. */
    @Test
    void whatItTakesInMemoryIsKnown() throws NotABackup {
        int least = read("").weight();

        assertEquals(
                least + 64 + 2 * 3,
                read(", 'folders': ['ssl'], 'repositories': []").weight());
        assertEquals(
                least + 3 * 64 + 2 * (1 + 2 + 3),
                read(", 'addons': [{'slug': 'a', 'name': 'bb', 'version': 'ccc', 'more': 'dddd'}]")
                        .weight());
        assertEquals(
                least + 64 + 2 * 6,
                read(", 'homeassistant': {'version': '2026.1', 'more': 'd'}, 'later': 'ee'")
                        .weight());
        assertEquals(least + 2 * "'a':[]".length(), read(", 'extra': {'a': []}").weight());
    }

    @Test
    void copiesMayDifferInTheirEncryptionAlone() throws NotABackup {
        BackupMetadata one = read(", 'docker': {'registries': {'a': 1}}, 'later': 1, 'extra': {'a': [1, 2], 'b': {}}");
        String more = ", 'later': 1, 'extra': {'b': {}, 'a': [1, 2]}";

        assertTrue(one.isOfSameBackupAs(read(", 'protected': true" + more)));
        assertFalse(one.isOfSameBackupAs(read(more + ", 'later': 2")));
        assertFalse(one.isOfSameBackupAs(read(more + ", 'later': '1'")));
        assertFalse(one.isOfSameBackupAs(read(more + ", 'more': null")));
        assertFalse(one.isOfSameBackupAs(read(more + ", 'folders': ['ssl']")));
        assertFalse(one.isOfSameBackupAs(read(more.replace("1, 2", "2, 1"))));
        assertFalse(one.isOfSameBackupAs(read(more.replace("1, 2", "12"))));
    }

    /** A later key counts, so that what is added replaces what is there at least. */
    private static BackupMetadata read(String more) throws NotABackup {
        return MetadataReader.read(("{" + LEAST + more + "}").replace('\'', '"'));
    }
}
