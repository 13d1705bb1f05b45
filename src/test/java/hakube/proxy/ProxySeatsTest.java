package hakube.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProxySeatsTest {

    private final ProxySeats seats = new ProxySeats(4, 2, 3);

    @Test
    void thereAreSoManyAndNotMore() {
        ProxySeats.Seat first = seats.take("1").orElseThrow();
        for (String address : List.of("2", "3", "4")) {
            assertTrue(seats.take(address).isPresent());
        }
        assertEquals(Optional.empty(), seats.take("5"));
        assertEquals(4, seats.taken());

        first.close();
        assertTrue(seats.take("5").isPresent());
        assertEquals(Optional.empty(), seats.take("6"));
    }

    /** Whoever never logs in keeps nobody else out. */
    @Test
    void anAddressHasItsShareOfThoseThatAreNotIn() {
        List<ProxySeats.Seat> all =
                Stream.generate(() -> seats.take("1").orElseThrow()).limit(3).toList();
        assertEquals(Optional.empty(), seats.take("1"));
        seats.take("2").orElseThrow().close();

        assertTrue(all.getFirst().isFor("a"));
        ProxySeats.Seat next = seats.take("1").orElseThrow();
        assertEquals(Optional.empty(), seats.take("1"));

        all.forEach(ProxySeats.Seat::close);
        next.close();
        assertEquals(0, seats.taken());
        for (int i = 0; i < 3; i++) {
            assertTrue(seats.take("1").isPresent(), "nothing is left of those before");
        }
    }

    @Test
    void anAppHasItsShareAndTheOthersHaveTheirs() {
        ProxySeats.Seat first = seats.take("1").orElseThrow();
        ProxySeats.Seat second = seats.take("1").orElseThrow();
        assertTrue(first.isFor("a"));
        assertTrue(second.isFor("a"));
        try (ProxySeats.Seat third = seats.take("1").orElseThrow()) {
            assertFalse(third.isFor("a"));
        }
        try (ProxySeats.Seat other = seats.take("1").orElseThrow()) {
            assertTrue(other.isFor("b"));
        }

        first.close();
        try (ProxySeats.Seat third = seats.take("1").orElseThrow()) {
            assertTrue(third.isFor("a"));
        }
        second.close();
        assertEquals(0, seats.taken());
    }
}
