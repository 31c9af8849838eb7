package dev.matrix.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** A socket that leaves everything but its streams to a channel's, which guards itself, so this one takes no lock. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
abstract class ForwardingSocket extends Socket {

    final Socket wire;

    ForwardingSocket(Socket wire) {
        // Makes no socket of its own as long as nothing asks for one.
        super(Proxy.NO_PROXY);
        this.wire = wire;
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        wire.bind(address);
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return wire.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return wire.getLocalAddress();
    }

    @Override
    public int getPort() {
        return wire.getPort();
    }

    @Override
    public int getLocalPort() {
        return wire.getLocalPort();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return wire.getRemoteSocketAddress();
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return wire.getLocalSocketAddress();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        wire.setTcpNoDelay(on);
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return wire.getTcpNoDelay();
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        wire.setSoLinger(on, seconds);
    }

    @Override
    public int getSoLinger() throws SocketException {
        return wire.getSoLinger();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        wire.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return wire.getSoTimeout();
    }

    @Override
    public void setSendBufferSize(int size) throws SocketException {
        wire.setSendBufferSize(size);
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        return wire.getSendBufferSize();
    }

    @Override
    public void setReceiveBufferSize(int size) throws SocketException {
        wire.setReceiveBufferSize(size);
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return wire.getReceiveBufferSize();
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        wire.setKeepAlive(on);
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        return wire.getKeepAlive();
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    @Override
    public void shutdownInput() throws IOException {
        wire.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        wire.shutdownOutput();
    }

    @Override
    public boolean isConnected() {
        return wire.isConnected();
    }

    @Override
    public boolean isBound() {
        return wire.isBound();
    }

    @Override
    public boolean isClosed() {
        return wire.isClosed();
    }

    @Override
    public boolean isOutputShutdown() {
        return wire.isOutputShutdown();
    }

    @Override
    public String toString() {
        return wire.toString();
    }
}
