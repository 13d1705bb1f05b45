/**
 * Backups, {@code /backups}: what lies in the backup folders of the shared claim, told, handed out and removed.
 *
 * <p>A backup is known by the {@code backup.json} inside of its archive, never by the name of the file. The list is a copy in
 * memory, read at the start and whenever somebody asks for it, so that no other request waits for the storage. Files that are not a
 * whole backup are passed over with a warning and left alone.
 *
 * <p>{@link hakube.archive.ArchiveReader} reads headers and steps over all else: an archive of any size is listed with a few kilobytes.
 */
package hakube.backups;
