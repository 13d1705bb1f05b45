/**
 * What apps announce to Home Assistant Core: that a broker, a bridge or the like is there, and how Core reaches it.
 *
 * <p>Core is told that something is new or gone, and reads the message itself; only messages of started apps are shown to it.
 * Telling it is the work of whoever listens at {@link hakube.discovery.Discovery#listen}.
 */
package hakube.discovery;
