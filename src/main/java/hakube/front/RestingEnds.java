package hakube.front;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Connections to apps that may answer another request. */
final class RestingEnds {

    private static final int MOST = 128;

    private final Map<InetSocketAddress, Deque<FarEnd>> ends = new HashMap<>();
    private int size;

    /** The one that rests for the shortest time, or null. */
    FarEnd take(InetSocketAddress address) {
        Deque<FarEnd> known = ends.get(address);
        if (known == null) {
            return null;
        }
        FarEnd taken = known.pop();
        left(address, known);
        return taken;
    }

    /** @return false when there are enough */
    boolean add(FarEnd end) {
        if (size == MOST) {
            return false;
        }
        ends.computeIfAbsent(end.address(), address -> new ArrayDeque<>()).push(end);
        size++;
        return true;
    }

    /** Also one that is not here. */
    void remove(FarEnd end) {
        Deque<FarEnd> known = ends.get(end.address());
        if (known != null && known.remove(end)) {
            left(end.address(), known);
        }
    }

    private void left(InetSocketAddress address, Deque<FarEnd> known) {
        size--;
        if (known.isEmpty()) {
            ends.remove(address);
        }
    }
}
