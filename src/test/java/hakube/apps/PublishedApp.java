package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.store.AppManifest;
import hakube.store.ManifestReader;
import hakube.testing.SupervisorProcess;
import hakube.testing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One app's way through the API of a Supervisor whose local repository has it: store, options, installation, start, end.
 *
 * @param written the manifest as it is written
 * @param arch of the cluster, upstream's word
 */
record PublishedApp(
        SupervisorProcess supervisor, Path file, Map<?, ?> written, AppManifest manifest, String slug, String arch) {

    private static final Duration END = Duration.ofSeconds(60);

    static PublishedApp of(SupervisorProcess supervisor, Path file, String arch) throws Exception {
        ManifestReader.Outcome read = ManifestReader.read(file);
        AppManifest manifest = assertInstanceOf(ManifestReader.Valid.class, read, file + ": " + read)
                .manifest();
        return new PublishedApp(
                supervisor,
                file,
                (Map<?, ?>) ManifestReader.document(file),
                manifest,
                "local_" + manifest.slug(),
                arch);
    }

    /** Installed, configured where it needs that, and started; or refused for exactly what it demands. */
    Verdict verdict(String repository, String commit) throws IOException {
        Set<String> demands = Demands.of(written, arch);
        assertEquals(
                demands.isEmpty(),
                supervisor.get("/store/addons/" + slug).data().get("available").getAsBoolean());
        return new Verdict(
                repository,
                commit,
                manifest.slug(),
                manifest.version(),
                demands.isEmpty() ? Verdict.STARTED : Verdict.REFUSED,
                demands.isEmpty() ? started() : refused(demands));
    }

    private String refused(Set<String> demands) throws IOException {
        JsonObject told =
                supervisor.get("/store/addons/" + slug + "/availability").json();
        SupervisorProcess.Answer install = supervisor.post("/store/addons/" + slug + "/install");
        assertEquals(400, install.status(), install.body());
        assertEquals(told, install.json());
        if (demands.contains("arch")) {
            assertEquals("addon_not_supported_architecture_error", install.text("error_key"));
            return install.text("message");
        }
        assertEquals("runtime_not_supported_error", install.text("error_key"));
        List<String> reasons = new ArrayList<>();
        Set<String> keys = new TreeSet<>();
        for (JsonElement entry : told.getAsJsonObject("extra_fields").getAsJsonArray("reasons")) {
            JsonObject reason = entry.getAsJsonObject();
            String key = reason.get("key").getAsString();
            keys.add(key.equals("privileged") ? key + " " + reason.get("value").getAsString() : key);
            reasons.add(reason.get("reason").getAsString());
        }
        assertEquals(demands, keys);
        return String.join("; ", reasons);
    }

    private String started() throws IOException {
        assertEquals(
                200, supervisor.get("/store/addons/" + slug + "/availability").status());
        supervisor.post("/store/addons/" + slug + "/install").data();
        List<String> notes = new ArrayList<>();
        Set<String> needed = configure();
        if (!needed.isEmpty()) {
            notes.add("needs options: " + quoted(needed));
        }
        supervisor.post("/addons/" + slug + "/start").data();
        if (endsByItself()) {
            supervisor.await("the end of " + slug, END, () -> state().equals("stopped"));
            notes.add("runs once, to its end");
        } else {
            assertEquals("started", state());
        }
        assertTrue(Files.exists(supervisor.share().resolve("addons/data/" + slug + "/options.json")));
        supervisor.post("/addons/" + slug + "/uninstall").data();
        boolean profile = Files.exists(file.resolveSibling("apparmor.txt"));
        Suitability.Supported supported = assertInstanceOf(
                Suitability.Supported.class, AppRequirements.check(slug, manifest, profile, WorkloadCase.PLAIN));
        if (!supported.ignored().isEmpty()) {
            notes.add("without effect: " + quoted(supported.ignored()));
        }
        return String.join("; ", notes);
    }

    /** A simulated node ends the pod of a Job at once, with code 0. */
    private boolean endsByItself() {
        return manifest.run().startup() == AppManifest.Startup.ONCE;
    }

    private String state() throws IOException {
        return supervisor.get("/addons/" + slug + "/info").data().get("state").getAsString();
    }

    /** @return the options of which the default does not do */
    private Set<String> configure() throws IOException {
        Map<String, Object> schema = manifest.schema().orElse(Map.of());
        Map<String, Object> options = FittingOptions.of(slug, schema, manifest.options());
        String text = JsonValues.json(options).toString();
        assertTrue(isValid(text), () -> slug + " must take " + text);
        if (isValid("")) {
            return Set.of();
        }
        assertEquals(400, supervisor.post("/addons/" + slug + "/start").status());
        supervisor
                .ask("POST", "/addons/" + slug + "/options", "{\"options\": " + text + "}")
                .data();
        Set<String> needed = new TreeSet<>(options.keySet());
        needed.removeIf(key -> options.get(key).equals(manifest.options().get(key)));
        return needed;
    }

    private boolean isValid(String options) throws IOException {
        return supervisor
                .ask("POST", "/addons/" + slug + "/options/validate", options)
                .data()
                .get("valid")
                .getAsBoolean();
    }

    private static String quoted(Iterable<String> words) {
        List<String> all = new ArrayList<>();
        words.forEach(all::add);
        return all.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }
}
