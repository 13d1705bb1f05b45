/**
 * Web interfaces of apps behind Home Assistant's own address: the sessions of browsers and the panels of the sidebar.
 *
 * <p>Core alone makes sessions and hands them to browsers as cookie {@code ingress_session}; a session belongs to no app. They
 * share {@code ingress.json} with the chosen ports, which belong to the room of apps.
 */
package hakube.ingress;
