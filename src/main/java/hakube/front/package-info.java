/**
 * The API's listening socket. One thread waits for all connections on which no request is served, and carries those requests itself that
 * need nobody to wait: a small page of an app's web interface. All others go to Helidon, with what was read of them, on a thread of their own
 * (docs/adr/0018-an-event-loop-before-the-server.md).
 *
 * <p>Whatever is in doubt goes to Helidon: this room refuses nothing and knows no rule of its own.
 */
package hakube.front;
