/**
 * Installed apps (add-ons on the wire of v1): what they need, their Kubernetes objects, their life and what is told of them.
 *
 * <p>What an app becomes is decided by pure functions of its manifest; {@link hakube.apps.Apps} alone writes. {@code
 * apps.json} says what is installed, the Deployment's replica count what shall run, the watched pods what does. Every verb
 * writes in an order in which a crash leaves something that the next start finishes or takes away.
 *
 * <p>The language of options is pure too ({@link hakube.apps.OptionSchema}) and held to upstream's by examples that were run
 * there; schema and options are foreign input, so expressions, secrets and sizes have limits.
 */
package hakube.apps;
