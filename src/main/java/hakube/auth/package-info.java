/**
 * Log-ins of Home Assistant's users, asked by apps that may ({@code auth_api}).
 *
 * <p>Core decides; what it found good is remembered as salted hashes in {@code auth.json}, so that apps go on letting their
 * users in while Core is down, and need not wait for it when it is up. The questions to Core are
 * {@link hakube.auth.CoreLogin}.
 */
package hakube.auth;
