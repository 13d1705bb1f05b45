package hakube.catalogue;

import hakube.api.ApiFailure;
import hakube.store.Store;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Images and texts beside a manifest. A missing image is an error, a missing text is a sentence: clients show it. */
@Singleton
final class Documents {

    private final Store store;
    private final Catalogue catalogue;

    @Inject
    Documents(Store store, Catalogue catalogue) {
        this.store = store;
        this.catalogue = catalogue;
    }

    byte[] icon(String slug) {
        return image(slug, "icon", StoreApp.Documents::icon);
    }

    byte[] logo(String slug) {
        return image(slug, "logo", StoreApp.Documents::logo);
    }

    String changelog(String slug) {
        return text(slug, "changelog", StoreApp.Documents::changelog);
    }

    String documentation(String slug) {
        return text(slug, "documentation", StoreApp.Documents::documentation);
    }

    private byte[] image(String slug, String what, Function<StoreApp.Documents, Optional<Path>> file) {
        return Catalogue.bytes(file.apply(catalogue.offered(slug).documents()))
                .orElseThrow(() -> new ApiFailure.BadRequest(none(what, slug)));
    }

    private String text(String slug, String what, Function<StoreApp.Documents, Optional<Path>> file) {
        return store.find(slug)
                .map(app -> Catalogue.text(file.apply(app.documents())).orElseGet(() -> none(what, slug)))
                .orElseGet(() -> "App " + slug + " does not exist in the store");
    }

    private static String none(String what, String slug) {
        return "No " + what + " found for app " + slug + "!";
    }
}
