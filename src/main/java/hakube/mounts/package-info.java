/**
 * Network storage, {@code /mounts}. A cluster's storage is the shared claim, and nothing is mounted beside it: the list is
 * empty, and the table of routes refuses every change by name.
 */
package hakube.mounts;
