package hakube.git;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TransportException;

/** What a fetch failed of, out of what JGit and the network throw. */
final class Failures {

    private static final int LONGEST = 300;

    private Failures() {}

    static GitFailure of(Throwable failure, Meter meter) {
        List<Throwable> causes = causes(failure);
        Throwable chief = causes.stream()
                .filter(cause -> cause instanceof LimitExceeded
                        || cause instanceof Refused
                        || cause instanceof Gone
                        || cause instanceof TooLargeObjectInPackException)
                .findFirst()
                // Whatever else is told of a connection that was cut, that it was is the cause.
                .orElseGet(() -> meter.isOver() ? meter.outOfTime() : failure);
        return new GitFailure(kind(chief, causes), words(chief), failure);
    }

    private static GitFailure.Kind kind(Throwable chief, List<Throwable> causes) {
        return switch (chief) {
            case LimitExceeded limit -> limit.isTime() ? GitFailure.Kind.UNREACHABLE : GitFailure.Kind.TOO_LARGE;
            case Refused _ -> GitFailure.Kind.REFUSED;
            case Gone _ -> GitFailure.Kind.GONE;
            case TooLargeObjectInPackException _ -> GitFailure.Kind.TOO_LARGE;
            default -> {
                if (is(causes, NoRemoteRepositoryException.class::isInstance)
                        || is(causes, RemoteRepositoryException.class::isInstance)) {
                    yield GitFailure.Kind.GONE;
                }
                yield is(causes, TransportException.class::isInstance)
                                && !is(causes, FileSystemException.class::isInstance)
                        ? GitFailure.Kind.UNREACHABLE
                        : GitFailure.Kind.DAMAGED;
            }
        };
    }

    private static boolean is(List<Throwable> causes, Predicate<Throwable> which) {
        return causes.stream().anyMatch(which);
    }

    /** The outermost words and the innermost, without what is secret, on one line. */
    private static String words(Throwable chief) {
        List<Throwable> causes = causes(chief);
        String outer = text(chief);
        String inner = text(causes.getLast());
        String both = outer.contains(inner) ? outer : outer + ": " + inner;
        String line = GitAddress.withoutUsers(both).replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST - 3) + "..." : line;
    }

    /** Clients are never told the names of exceptions, which some messages quote. */
    private static String text(Throwable failure) {
        String words = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return words.replaceAll("[\\w.$]*Exception:? ?", "");
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable at = failure; at != null && !causes.contains(at); at = at.getCause()) {
            causes.add(at);
        }
        return causes;
    }

    /** What is asked for is not there. */
    static final class Gone extends IOException {
        private static final long serialVersionUID = 1L;

        Gone(String message) {
            super(message);
        }
    }
}
