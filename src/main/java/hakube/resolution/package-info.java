/**
 * The ledger of issues and suggestions, what looks for trouble and what mends it. Rooms above report to it and implement
 * {@link hakube.resolution.Check}, {@link hakube.resolution.Fixup} and {@link hakube.resolution.Evaluation}; it never reaches up.
 *
 * <p>Issues live as long as the process, as upstream's do; {@code resolution.json} keeps which checks a person switched off.
 * Types are open words, and a few are our own; contexts are the closed set that clients can read.
 */
package hakube.resolution;
