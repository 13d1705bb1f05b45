package hakube.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxySeatsTest {

    private final ProxySeats seats = new ProxySeats(4, 2);

    @Test
    void thereAreSoManyAndNotMore() {
        ProxySeats.Seat first = seats.take().orElseThrow();
        for (int i = 0; i < 3; i++) {
            assertTrue(seats.take().isPresent());
        }
        assertEquals(Optional.empty(), seats.take());
        assertEquals(4, seats.taken());

        first.close();
        assertTrue(seats.take().isPresent());
        assertEquals(Optional.empty(), seats.take());
    }

    @Test
    void anAppHasItsShareAndTheOthersHaveTheirs() {
        ProxySeats.Seat first = seats.take().orElseThrow();
        ProxySeats.Seat second = seats.take().orElseThrow();
        assertTrue(first.isFor("a"));
        assertTrue(second.isFor("a"));
        try (ProxySeats.Seat third = seats.take().orElseThrow()) {
            assertFalse(third.isFor("a"));
        }
        try (ProxySeats.Seat other = seats.take().orElseThrow()) {
            assertTrue(other.isFor("b"));
        }

        first.close();
        try (ProxySeats.Seat third = seats.take().orElseThrow()) {
            assertTrue(third.isFor("a"));
        }
        second.close();
        assertEquals(0, seats.taken());
    }
}
