package dev.matrix.okhttp;

import static dev.matrix.okhttp.Calls.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SocketsTest {

    /** A setting that is not passed on would silently be another socket's. */
    @Tag("W29")
    @Test
    void each_setting_reaches_the_socket_beneath() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, address(127, 0, 0, 1));
                DirectSocket direct = DirectSocket.open(any -> true)) {
            direct.connect(server.getLocalSocketAddress());
            SSLSocket tls = (SSLSocket) new TlsSockets(SSLContext.getDefault().getSocketFactory())
                    .createSocket(direct, "hooks.example", 443, true);
            for (Socket socket : List.of(direct, tls)) {
                socket.setSoTimeout(1_234);
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                socket.setSoLinger(true, 3);
                socket.setSendBufferSize(20_000);
                socket.setReceiveBufferSize(20_000);
                assertThat(socket.getSoTimeout()).isEqualTo(1_234);
                assertThat(socket.getTcpNoDelay()).isTrue();
                assertThat(socket.getKeepAlive()).isTrue();
                assertThat(socket.getSoLinger()).isEqualTo(3);
                assertThat(socket.getPort()).isEqualTo(server.getLocalPort());
                assertThat(socket.isConnected() && socket.isBound()).isTrue();
                assertThat(socket.isClosed() || socket.isOutputShutdown()).isFalse();
            }
            // Every getter of TLS too; none may throw.
            List<Method> getters = Stream.of(ForwardingTlsSocket.class.getDeclaredMethods())
                    .filter(method -> method.getName().startsWith("get") && method.getParameterCount() == 0)
                    .filter(method -> !method.getName().endsWith("Session"))
                    .toList();
            for (Method getter : getters) {
                getter.invoke(tls);
            }
            tls.setUseClientMode(true);
            tls.setEnabledProtocols(tls.getSupportedProtocols());
            tls.setEnabledCipherSuites(tls.getSupportedCipherSuites());
            tls.setEnableSessionCreation(true);
            tls.setSSLParameters(tls.getSSLParameters());
            assertThat(tls.getUseClientMode()).isTrue();
        }
    }

    @Tag("W44")
    @Test
    void a_peer_that_speaks_first_is_not_asked() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, address(127, 0, 0, 1));
                DirectSocket direct = DirectSocket.open(any -> true)) {
            direct.connect(server.getLocalSocketAddress());
            try (Socket peer = server.accept()) {
                peer.getOutputStream().write('x');

                assertThatThrownBy(() -> direct.getOutputStream().write(new byte[] {'G'}))
                        .isInstanceOf(UnreadableException.class);
                assertThat(peer.getInputStream().read()).isEqualTo(-1);
            } catch (IOException reset) {
                assertThat(direct.isClosed()).isTrue();
            }
        }
    }

    @Test
    void tls_is_laid_over_the_transports_own_sockets_alone() throws Exception {
        TlsSockets sockets = new TlsSockets(SSLContext.getDefault().getSocketFactory());

        assertThat(sockets.getDefaultCipherSuites()).isNotEmpty();
        assertThat(sockets.getSupportedCipherSuites()).isNotEmpty();
        assertThatThrownBy(() -> sockets.createSocket("127.0.0.1", 1)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> sockets.createSocket("127.0.0.1", 1, address(127, 0, 0, 1), 0))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> sockets.createSocket(address(127, 0, 0, 1), 1)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> sockets.createSocket(address(127, 0, 0, 1), 1, address(127, 0, 0, 1), 0))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> sockets.createSocket(new Socket(), "x", 1, true))
                .isInstanceOf(RuntimeException.class);
    }
}
