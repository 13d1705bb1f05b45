/**
 * Long work: one at a time in a group, shown to clients as a tree while it runs, and named in {@code jobs.json} while it runs, so
 * that a start after a crash knows what was cut off.
 *
 * <p>A job that is done goes at once, as upstream's do. What stays: work that asks for it (backups), and a failure in the
 * background, which clients could read nowhere else; both within a bound. Nesting follows the thread.
 *
 * <p>The room asks nobody above it: conditions are an interface that upper rooms implement, changes are events.
 */
package hakube.jobs;
