package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.link.Outbox.Letter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Outbox<String> outbox = new Outbox<>(3);

    @Test
    void whileItIsOpenEveryWordIsKeptInOrder() throws Exception {
        outbox.open();
        add("a 1", "b 1", "a 2");
        assertEquals(List.of("a 1", "b 1", "a 2"), taken());
    }

    @Test
    void whileItIsClosedTheLastWordOnEachSubjectIsKept() throws Exception {
        add("a 1", "b 1", "a 2", "c 1", "a 3");
        outbox.open();
        assertEquals(List.of("b 1", "c 1", "a 3"), taken());
        assertFalse(outbox.takeLoss());
    }

    @Test
    void beyondItsBoundTheOldestGoesAndThatIsTold() throws Exception {
        add("a 1", "b 1", "c 1", "d 1");
        assertEquals(3, outbox.size());
        assertTrue(outbox.takeLoss());
        assertFalse(outbox.takeLoss());
        outbox.open();
        assertEquals(List.of("b 1", "c 1", "d 1"), taken());
    }

    @Test
    void aFullOneKeepsTheLastWordsEvenWhileItIsOpen() throws Exception {
        outbox.open();
        add("a 1", "a 2", "a 3", "a 4");
        assertEquals(List.of("a 4"), taken());
        assertFalse(outbox.takeLoss());
    }

    @Test
    void theFirstLetterOfANewBeginningStandsBeforeAllOthers() throws Exception {
        add("a 1", "b 1");
        outbox.open(new Letter<>("b", "b 2"));
        assertEquals(List.of("b 2", "a 1"), taken());
    }

    @Test
    void whatIsNotDeliveredStays() throws Exception {
        outbox.open();
        add("a 1", "b 1");
        Letter<String> first = outbox.next().orElseThrow();
        outbox.close();
        assertEquals(Optional.empty(), outbox.next());
        outbox.open();
        assertEquals(first, outbox.next().orElseThrow());
    }

    @Test
    void whoWaitsForALetterIsWokenByItAndByTheEnd() throws Exception {
        outbox.open();
        CompletableFuture<Optional<Letter<String>>> waiting = take();
        add("a 1");
        assertEquals("a 1", waiting.get(10, TimeUnit.SECONDS).orElseThrow().content());
        outbox.delivered(outbox.next().orElseThrow());

        waiting = take();
        outbox.close();
        assertEquals(Optional.empty(), waiting.get(10, TimeUnit.SECONDS));
    }

    private CompletableFuture<Optional<Letter<String>>> take() {
        CompletableFuture<Optional<Letter<String>>> taken = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                taken.complete(outbox.next());
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        return taken;
    }

    private void add(String... words) {
        for (String word : words) {
            outbox.add(new Letter<>(word.substring(0, 1), word));
        }
    }

    private List<String> taken() throws InterruptedException {
        List<String> taken = new ArrayList<>();
        while (outbox.size() > 0) {
            Letter<String> letter = outbox.next().orElseThrow();
            taken.add(letter.content());
            outbox.delivered(letter);
        }
        return taken;
    }
}
