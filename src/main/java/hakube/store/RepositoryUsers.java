package hakube.store;

/** Who needs a repository; answered by a room above, which knows what is installed. */
public interface RepositoryUsers {

    /** @param slug of the repository */
    boolean isUsed(String slug);

    /** @param slug the full one of an app */
    boolean isInstalled(String slug);
}
