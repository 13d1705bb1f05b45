/**
 * The store as the API shows it: what the repositories offer, joined with what is installed.
 *
 * <p>A room of its own, since it needs both {@code store} and {@code apps} and neither of them needs it.
 */
package hakube.catalogue;
