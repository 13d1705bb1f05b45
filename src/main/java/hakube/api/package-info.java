/**
 * The shape of every answer: the envelope, the one family of failures, the one mapper and the rules of JSON.
 *
 * <p>Rooms above throw {@link hakube.api.ApiFailure} and return values; nothing else here knows what they mean.
 */
package hakube.api;
