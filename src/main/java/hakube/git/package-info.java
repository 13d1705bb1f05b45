/**
 * Brings the newest tree of somebody else's git repository onto the claim, as plain files, and trusts neither side: what is
 * received is counted while it is received, which addresses are reached is decided before each connection, and what is written
 * are files and folders alone. No hook, no filter, no link, no configuration of user or system, and no {@code git} is involved.
 *
 * <p>Of a repository nothing but the tree stays: each change is fetched afresh at depth 1 and the objects are thrown away, so that
 * nothing grows and nothing has to be repaired. See {@code docs/adr/0015-repositories-are-trees.md}.
 */
package hakube.git;
