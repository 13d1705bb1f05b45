/**
 * Everything by which the Supervisor talks to Home Assistant Core: requests, the one WebSocket, what it tells by it.
 *
 * <p>Where Core is reached, and by what right, is the matter of room {@code core} ({@code CoreAddresses}). Core being away is
 * a usual thing here: whoever asks gets {@code CoreAway} within its deadline, and what Core must hear waits, bounded.
 */
package hakube.link;
