package hakube.node;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Bytes to a port that sends them back, or some of its own. */
final class Echo {
    private Echo() {}

    /** @return what came back over a new connection, which has 3 s; the answer has 10 s, since this machine may be busy */
    static String tcp(String address, int port, String text) throws IOException {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 3_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(sent);
            return new String(socket.getInputStream().readNBytes(sent.length), StandardCharsets.UTF_8);
        }
    }

    /** @return what the other side says before it ends the connection, which has 3 s to come up and 10 s for each word */
    static String said(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 3_000);
            socket.setSoTimeout(10_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @return what came back within 3 s */
    static String udp(String address, int port, String text) throws IOException {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(3_000);
            socket.connect(InetAddress.getByName(address), port);
            socket.send(new DatagramPacket(sent, sent.length));
            DatagramPacket answer = new DatagramPacket(new byte[1_500], 1_500);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
        }
    }
}
