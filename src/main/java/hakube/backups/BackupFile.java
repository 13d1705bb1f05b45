package hakube.backups;

import java.nio.file.Path;

/**
 * One file of a backup.
 *
 * @param isProtected whether it takes a password to read it; each location has its own encryption
 * @param size in octets
 */
record BackupFile(Path path, boolean isProtected, long size) {}
