package dev.matrix.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/**
 * Sockets that judge the address at the moment they connect to it. This is the rule's own place: IP literals never pass
 * OkHttp's DNS, and nothing can change between the judgement and the use (W29). A plain socket would ask the JVM for a SOCKS
 * proxy; these don't (W26).
 */
final class DirectSockets extends SocketFactory {

    private final Predicate<InetAddress> allowed;

    DirectSockets(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    @Override
    public Socket createSocket() {
        return new DirectSocket(allowed);
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

    private static final class DirectSocket extends Socket {

        private final Predicate<InetAddress> allowed;

        DirectSocket(Predicate<InetAddress> allowed) {
            super(Proxy.NO_PROXY);
            this.allowed = allowed;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress target)
                    || target.isUnresolved()
                    || !allowed.test(target.getAddress())) {
                throw new AddressBlockedException(endpoint.toString());
            }
            super.connect(endpoint, timeout);
        }
    }
}
