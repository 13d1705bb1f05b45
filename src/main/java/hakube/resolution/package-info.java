/** The ledger of issues and suggestions. Rooms above report to it; it never reaches up. */
package hakube.resolution;
