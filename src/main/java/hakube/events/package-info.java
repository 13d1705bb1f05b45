/** What happened, for whom it may concern: fired by the rooms, heard by rooms above them. */
package hakube.events;
