/**
 * Between two sides: the nginx texts of relays that run in other pods, and the relay of HTTP and WebSockets in this process.
 *
 * <p>The relay dials only the address that it is given, never a name. What is in memory of an exchange are its heads and a buffer for
 * each direction: a body that must be whole before it goes on lies on disk, but for small ones. What an app says to Core on a WebSocket is
 * held message by message, since each is looked at before it goes on; large ones are few at a time.
 *
 * <p>Its own client is a small one, made for this use alone (docs/adr/0012-a-client-of-our-own-in-the-relay.md).
 */
package hakube.relay;
