package hakube.core;

import hakube.logs.LogSource;

/** Where Core's log is. */
public final class CoreLog {

    /** Under upstream's name of it. */
    public static final LogSource SOURCE =
            new LogSource.Workload("homeassistant", CoreLabels.SELECTOR, CoreWorkload.CONTAINER);

    private CoreLog() {}
}
