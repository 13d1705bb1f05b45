/**
 * What a node of its own would offer: {@code /host}, {@code /network}, {@code /os}, {@code /hardware} and the {@code info} of
 * upstream's plug-ins. A cluster has none of it, so the answers say what is true of the Supervisor's own pod and of the shared
 * claim, and {@code null} or nothing for all else; what would change a host is refused by the table of routes.
 *
 * <p>Nothing here asks for facts of nodes: only a ClusterRole may read them, and no client needs them.
 */
package hakube.host;
