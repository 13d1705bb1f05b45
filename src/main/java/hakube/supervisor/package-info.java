/** The roof: the order of waking, the root routes and what the Supervisor says of itself. */
package hakube.supervisor;
