/**
 * The internal address: which app owns which external port, and the proxy that leads from there to the apps' Services.
 *
 * <p>The registry in its ConfigMap is the only truth about ports; the proxy's three objects are derived from it and from
 * the watched Services, so that a restart rebuilds them and nothing else has to be remembered.
 */
package hakube.ports;
