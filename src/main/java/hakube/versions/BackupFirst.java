package hakube.versions;

import hakube.api.ApiFailure;

/** Makes the backup that a user wishes before an update. Room {@code backups} does; those who update are below it. */
public interface BackupFirst {

    /**
     * Backs up Core's configuration, and waits for the end.
     *
     * @param version that is installed
     * @throws ApiFailure.BadRequest the backup could not be made
     */
    void ofCore(String version);

    /**
     * Backs up an app, and waits for the end.
     *
     * @param version that is installed
     * @throws ApiFailure.BadRequest the backup could not be made
     */
    void ofApp(String slug, String version);
}
