/**
 * Home Assistant Core: its workload, its options, and what its configuration must hold before it starts.
 *
 * <p>What Core should look like is decided by pure classes ({@code CoreWorkload}, {@code ProxyTrust}); {@code Core} alone
 * writes. Replicas are the wanted state: 0 is stopped by wish.
 */
package hakube.core;
