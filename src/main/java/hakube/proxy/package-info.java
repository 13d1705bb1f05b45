/**
 * Core's API for apps, with the Supervisor's own log-in: what an app may send there, and what it gets back.
 *
 * <p>An app's token never reaches Core, and Core's never an app. What concerns the Supervisor behind Core is closed to apps, in
 * requests as in messages of a WebSocket, since Core would ask for it with all rights.
 */
package hakube.proxy;
