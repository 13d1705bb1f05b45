/** The Supervisor's own state from {@code initialize} to {@code close}, and the options that {@code config.json} keeps. */
package hakube.state;
