package dev.matrix.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpCall.Reach;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Calls to receivers on this machine. */
final class Loopback {

    static final int CAP = 16_384;
    static final Reach ANY = new Reach.Any();
    static final Reach PUBLIC = new Reach.PublicOnly(AddressPolicy.publicOnly());
    static final InetAddress ONE = address(1);
    static final InetAddress TWO = address(2);
    static final HttpTransportContract.Names NAMES = host -> List.of(ONE);
    static final String CLOSING = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    private static final Duration AMPLE = Duration.ofSeconds(20);

    private static final int ROUND_TRIPS = 3;

    private Loopback() {}

    static URI uri(int port) {
        return URI.create("http://one.example:" + port + "/in");
    }

    static HttpCall call(String method, int port, String id, Reach reach) {
        return call(method, uri(port), id, reach);
    }

    static HttpCall call(String method, URI uri, String id, Reach reach) {
        return call(method, uri, id, reach, AMPLE);
    }

    static HttpCall call(String method, URI uri, String id, Reach reach, Duration timeout) {
        byte[] body = "GET".equals(method) || "HEAD".equals(method) ? new byte[0] : id.getBytes(UTF_8);
        return new HttpCall(method, uri, Map.of("X-Id", List.of(id)), body, timeout, CAP, reach);
    }

    /** A sound reply to the request of this id. */
    static String reply(String id, String status) {
        return "HTTP/1.1 " + status + "\r\nX-For: " + id + "\r\nContent-Length: " + id.length() + "\r\n\r\n" + id;
    }

    /** Returns once what this thread has sent to this machine has arrived: what is sent later overtakes nothing. */
    static void settle() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, ONE);
                Socket there = new Socket(ONE, listener.getLocalPort());
                Socket back = listener.accept()) {
            for (int i = 0; i < ROUND_TRIPS; i++) {
                there.getOutputStream().write(i);
                back.getOutputStream().write(back.getInputStream().read());
                there.getInputStream().read();
            }
        }
    }

    static TransportException failure(HttpTransport transport, HttpCall call) {
        try {
            throw new AssertionError("It was answered: " + transport.call(call).status());
        } catch (TransportException expected) {
            return expected;
        }
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
