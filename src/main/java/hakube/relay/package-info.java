/**
 * Between two sides: the nginx texts of relays that run in other pods, and the relay of HTTP and WebSockets in this process.
 *
 * <p>The relay dials only the address that it is given, never a name, and keeps no body whole: what is in memory of an exchange
 * are its heads and one buffer. Its own client is a small one, made for this use alone (docs/adr/0012-a-client-of-our-own-in-the-relay.md).
 */
package hakube.relay;
