/** Versions: how they compare, and what the update channel offers. */
package hakube.versions;
