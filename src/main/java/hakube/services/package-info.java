/**
 * What apps offer to each other: at most one provider of each kind of service, and the data by which others reach it.
 *
 * <p>The data lives in {@code services.json}, passwords included, as upstream keeps it. Who may do what comes with the caller;
 * which apps are installed is asked through {@link hakube.services.ServiceProviders}, which the room of apps answers. A boot
 * forgets all data, since every provider starts anew and tells it again.
 */
package hakube.services;
