/** Who calls and what they may do: tokens, callers, roles and the gate in front of every route. */
package hakube.access;
