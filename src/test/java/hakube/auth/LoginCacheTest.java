package hakube.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginCacheTest {

    /** Hashes as upstream's code made them. */
    private static final String UPSTREAM = """
            {
              "59f660e97e20ade2c9402b6d3dc80708731867916899e92dde7c493ad9d8d0ba":
                "787d46b57da196cd5c56b565c0e0e055fd5efb2278d679574b3781acffda8005",
              "6c939a0912b4e34cb3b85d4ef963e34a289ab665b07b4a866b9347c3450fe6d0":
                "a433bb7ed72eae3215a5d1bc3431452e0d169cc3836248708570091396220d28"
            }
            """;

    private static final Credentials PAULUS = new Credentials("paulus", "correct horse");
    private static final Credentials JUERGEN = new Credentials("jürgen", "Straße ☂");

    @TempDir
    private Path share;

    private final List<SupervisorEvent> told = new ArrayList<>();

    @Test
    void upstreamsFileIsUnderstood() throws IOException {
        Files.writeString(file(), UPSTREAM);
        LoginCache cache = cache();
        assertTrue(cache.holds(PAULUS));
        assertTrue(cache.holds(JUERGEN));
        assertFalse(cache.holds(new Credentials("paulus", "Straße ☂")));
        assertFalse(cache.holds(new Credentials("jürgen", "correct horse")));
    }

    @Test
    void theFileIsUpstreamsForTheOwnerOnly() throws IOException {
        LoginCache cache = cache();
        cache.put(PAULUS);
        cache.put(JUERGEN);
        assertEquals(UPSTREAM.replaceAll("\\s", ""), Files.readString(file()).replaceAll("\\s", ""));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void whatIsNoHashIsLeftOut() throws IOException {
        Files.writeString(
                file(), UPSTREAM.replaceFirst("\\{", "{\"admin\": \"admin\", \"" + "a".repeat(64) + "\": 5, "));
        LoginCache cache = cache();
        assertTrue(cache.holds(PAULUS));
        assertFalse(cache.holds(new Credentials("admin", "admin")));
        cache.put(PAULUS);
        assertTrue(Files.readString(file()).contains("admin"), "nothing new is nothing to write");
    }

    @Test
    void aDamagedFileIsSetAsideAndTold() throws IOException {
        Files.writeString(file(), "{");
        LoginCache cache = cache();
        assertFalse(cache.holds(PAULUS));
        SupervisorEvent.IssueFound issue = (SupervisorEvent.IssueFound) told.getFirst();
        assertEquals("{", Files.readString(Path.of(issue.reference().orElseThrow())));
    }

    @Test
    void theOldestGoesWhenThereAreTooMany() throws IOException {
        StringBuilder full = new StringBuilder("{");
        for (int user = 0; user < LoginCache.MOST; user++) {
            Credentials login = new Credentials("user" + user, "word");
            full.append(user == 0 ? "" : ",")
                    .append("\"%s\":\"%s\""
                            .formatted(LoginHash.ofUsername(login.username()), LoginHash.ofPassword(login)));
        }
        Files.writeString(file(), full + "}");
        LoginCache cache = cache();
        assertTrue(cache.holds(new Credentials("user0", "word")));
        cache.put(PAULUS);
        assertFalse(cache.holds(new Credentials("user0", "word")));

        LoginCache next = cache();
        next.put(JUERGEN);
        assertFalse(next.holds(new Credentials("user1", "word")));
        assertTrue(next.holds(new Credentials("user2", "word")));
        assertTrue(next.holds(PAULUS));
    }

    @Test
    void aChangedPasswordTakesThePlaceOfTheFormer() {
        LoginCache cache = cache();
        cache.put(PAULUS);
        cache.put(JUERGEN);
        cache.put(new Credentials("paulus", "another"));
        assertFalse(cache.holds(PAULUS));
        assertTrue(cache.holds(new Credentials("paulus", "another")));
        assertTrue(cache.holds(JUERGEN));
    }

    @Test
    void onlyTheSamePasswordIsRemoved() {
        LoginCache cache = cache();
        cache.put(PAULUS);
        cache.remove(new Credentials("paulus", "another"));
        assertTrue(cache.holds(PAULUS));
        cache.remove(PAULUS);
        assertFalse(cache.holds(PAULUS));
        assertFalse(cache().holds(PAULUS));
    }

    @Test
    void aDiskThatFailsStopsNoLogInButTheForgetting() throws IOException {
        LoginCache cache = cache();
        Files.createDirectories(file().resolve("in the way"));
        cache.put(PAULUS);
        assertTrue(cache.holds(PAULUS));
        assertThrows(UncheckedIOException.class, cache::clear);
        assertTrue(cache.holds(PAULUS));
    }

    private LoginCache cache() {
        Events events = new Events();
        events.listen(told::add);
        LoginCache cache = new LoginCache(new Folders(share), events);
        cache.load();
        return cache;
    }

    private Path file() {
        return share.resolve("auth.json");
    }
}
