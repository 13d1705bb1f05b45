package hakube;

import io.helidon.common.Weight;
import io.helidon.spi.HelidonShutdownHandler;

/** Does something before the server stops to listen. It has the highest weight, so it is the first handler. */
@Weight(Double.MAX_VALUE)
record FirstWord(Runnable work) implements HelidonShutdownHandler {

    @Override
    public void shutdown() {
        work.run();
    }
}
