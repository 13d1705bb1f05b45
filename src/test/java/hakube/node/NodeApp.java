package hakube.node;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An app of the local repository on a real node.
 *
 * @param name its slug within the repository, a word without underscore
 */
record NodeApp(RealNode node, String name) {

    String slug() {
        return "local_" + name;
    }

    String deployment() {
        return "deployment/local-" + name;
    }

    /**
     * Has the store offer it.
     *
     * @param keys of its manifest, besides those that every app has
     */
    void offer(String version, String keys) throws IOException {
        write("addons/local/" + name + "/config.yaml", """
                name: %1$s
                version: "%2$s"
                slug: %1$s
                description: For a test
                arch: [amd64, aarch64]
                init: false
                boot: manual
                """.formatted(name, version) + keys);
        node.ask("POST", "/store/reload", "");
    }

    void install() throws IOException {
        node.ask("POST", "/store/addons/" + slug() + "/install", "");
    }

    /** A verb such as {@code start}; fails with the answer when that is no 200. */
    void ask(String verb, String body) throws IOException {
        node.ask("POST", "/addons/" + slug() + "/" + verb, body);
    }

    String info(String key) throws IOException {
        return node.data("/addons/" + slug() + "/info").get(key).getAsString();
    }

    /** Types of the open issues about it. */
    List<String> issues() throws IOException {
        return about("issues").map(issue -> issue.get("type").getAsString()).toList();
    }

    /** Applies what is suggested for it, as a person does who is asked. */
    void apply(String suggestion) throws IOException {
        String uuid = about("suggestions")
                .filter(one -> one.get("type").getAsString().equals(suggestion))
                .map(one -> one.get("uuid").getAsString())
                .findFirst()
                .orElseThrow(() -> new IOException("nobody suggests " + suggestion + " for " + slug()));
        node.ask("POST", "/resolution/suggestion/" + uuid, "");
    }

    private Stream<JsonObject> about(String what) throws IOException {
        return StreamSupport.stream(
                        node.data("/resolution/info").getAsJsonArray(what).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(one -> !one.get("reference").isJsonNull()
                        && one.get("reference").getAsString().equals(slug()));
    }

    /** A file of its private folder. */
    void data(String file, String text) throws IOException {
        write("addons/data/" + slug() + "/" + file, text);
    }

    /**
     * A server at port 8099, for an app whose image is nginx.
     *
     * @param directives that it has besides
     */
    void site(String directives) throws IOException {
        data("site.conf", """
                user root;
                http {
                    access_log off;
                    client_body_temp_path /tmp/body;
                    proxy_temp_path /tmp/proxy;
                    fastcgi_temp_path /tmp/fastcgi;
                    uwsgi_temp_path /tmp/uwsgi;
                    scgi_temp_path /tmp/scgi;
                    server {
                        listen 8099;
                        %s
                    }
                }
                """.formatted(directives));
    }

    /** Leaves nothing of it. */
    void remove() throws IOException {
        ask("uninstall", "{\"remove_config\": true}");
        Path folder = node.share().resolve("addons/local/" + name);
        Files.delete(folder.resolve("config.yaml"));
        Files.delete(folder);
        node.ask("POST", "/store/reload", "");
    }

    private void write(String file, String text) throws IOException {
        Path path = node.share().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
