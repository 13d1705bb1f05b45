package hakube.catalogue;

import hakube.apps.Apps;
import hakube.store.RepositoryUsers;
import hakube.store.Slugs;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** A repository is used while an app of it is installed. */
@Singleton
final class InstalledFrom implements RepositoryUsers {

    private final Apps apps;

    @Inject
    InstalledFrom(Apps apps) {
        this.apps = apps;
    }

    @Override
    public boolean isUsed(String slug) {
        return apps.slugs().stream().anyMatch(app -> app.startsWith(Slugs.full(slug, "")));
    }

    @Override
    public boolean isInstalled(String slug) {
        return apps.isInstalled(slug);
    }
}
