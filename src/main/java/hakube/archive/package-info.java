/**
 * The file of a backup: the tar around it, the tars inside of it, gzip and SecureTar; packing trees and unpacking them. Knows nothing
 * of Home Assistant but the form of its files.
 *
 * <p>Two doors: {@link hakube.archive.ArchiveWriter} and {@link hakube.archive.ArchiveReader}. Behind each is a chain of threads that
 * hand over a few blocks, so that a backup of any size takes the same memory. Nothing that is not whole is accepted, and nothing
 * outside of the folders that it is given is read or written, whoever else writes there meanwhile (docs/adr/0017).
 */
package hakube.archive;
