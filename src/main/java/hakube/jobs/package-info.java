/**
 * Long work: one at a time in a group, named in {@code jobs.json} while it runs, so that a start after a crash knows what was
 * cut off.
 */
package hakube.jobs;
