/**
 * The shared claim: whether it is what was asked for, its folders, and the state files below it.
 *
 * <p>State files are written to a temporary file beside the target, fsynced and renamed; a file that does not parse is
 * set aside, never overwritten in silence.
 */
package hakube.storage;
