package hakube.core;

import hakube.logs.LogSource;

/** Where Core's log is. */
final class CoreLog {

    /** Under upstream's name of it. */
    static final LogSource SOURCE = new LogSource("homeassistant", CoreLabels.SELECTOR, CoreWorkload.CONTAINER);

    private CoreLog() {}
}
