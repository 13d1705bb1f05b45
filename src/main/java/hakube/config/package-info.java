/**
 * The catalogue of settings and the typed records that the rooms get. Nothing else reads the environment.
 *
 * <p>All faults are found together, before the cluster is touched.
 */
package hakube.config;
