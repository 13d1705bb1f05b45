/**
 * The file of a backup: the tar around it, the tars inside of it, gzip and SecureTar; packing trees and unpacking them. Knows nothing
 * of Home Assistant but the form of its files.
 */
package hakube.archive;
