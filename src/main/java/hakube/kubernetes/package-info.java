/**
 * The port to the cluster: one namespace, written by server-side apply, read from watches.
 *
 * <p>The client's API calls, its {@code ApiException} and its utilities stay in this room; its models are the language in
 * which the rooms above state what they want. Reads of the rooms above come from {@link hakube.kubernetes.Watched}, never
 * from the API server.
 */
package hakube.kubernetes;
