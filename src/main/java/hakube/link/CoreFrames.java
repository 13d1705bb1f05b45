package hakube.link;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Puts frames together to messages. The JDK calls it one at a time. */
final class CoreFrames implements WebSocket.Listener {

    /** Of one message; a home's list of users is some kilobytes. */
    private static final int MOST_CHARACTERS = 16 << 20;

    private final Receiver receiver;
    private final Consumer<CoreAway> end;
    private final StringBuilder part = new StringBuilder();

    /** Takes a whole message; an empty one is a sign of life. */
    interface Receiver {
        void take(String message) throws CoreAway;
    }

    CoreFrames(Receiver receiver, Consumer<CoreAway> end) {
        this.receiver = receiver;
        this.end = end;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        part.append(data);
        if (part.length() > MOST_CHARACTERS) {
            end.accept(new CoreAway("Core sends a message without an end"));
        } else if (last) {
            String message = part.toString();
            part.setLength(0);
            hand(message);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        hand("");
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        return onPing(socket, message);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        end.accept(new CoreAway("Core closed the connection with code " + code));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        end.accept(new CoreAway("the connection to Core broke", error));
    }

    private void hand(String message) {
        try {
            receiver.take(message);
        } catch (CoreAway failure) {
            end.accept(failure);
        } catch (RuntimeException fault) {
            end.accept(new CoreAway("Core says what nobody expects", fault));
        }
    }
}
