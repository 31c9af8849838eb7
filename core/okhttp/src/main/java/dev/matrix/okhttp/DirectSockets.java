package dev.matrix.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/**
 * Sockets that judge the address at the moment they connect to it. This is the rule's own place: IP literals never pass
 * OkHttp's DNS, and nothing can change between the judgement and the use. A plain socket would ask the JVM for a SOCKS
 * proxy; these don't.
 */
final class DirectSockets extends SocketFactory {

    private final Predicate<InetAddress> allowed;

    DirectSockets(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    @Override
    public Socket createSocket() throws IOException {
        return DirectSocket.open(allowed);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw unconnectedOnly();
    }

    private static UnsupportedOperationException unconnectedOnly() {
        return new UnsupportedOperationException("OkHttp connects its sockets itself.");
    }
}
