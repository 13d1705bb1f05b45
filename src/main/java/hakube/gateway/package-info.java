/**
 * The optional public Gateway and HTTPRoute. Most installations leave them to those who own the cluster's gateways; then
 * this room makes no call at all.
 */
package hakube.gateway;
