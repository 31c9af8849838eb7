package dev.matrix.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A TLS socket that leaves everything but its streams to another. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // The socket that it leads to guards itself.
abstract class ForwardingTlsSocket extends SSLSocket {

    final SSLSocket wire;

    ForwardingTlsSocket(SSLSocket wire) {
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
    public String[] getSupportedCipherSuites() {
        return wire.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return wire.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        wire.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return wire.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return wire.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        wire.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return wire.getSession();
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        return wire.getHandshakeSession();
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        wire.addHandshakeCompletedListener(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        wire.removeHandshakeCompletedListener(listener);
    }

    @Override
    public void setUseClientMode(boolean mode) {
        wire.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return wire.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        wire.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return wire.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        wire.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return wire.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        wire.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return wire.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return wire.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        wire.setSSLParameters(parameters);
    }

    @Override
    public String getApplicationProtocol() {
        return wire.getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return wire.getHandshakeApplicationProtocol();
    }

    @Override
    public void startHandshake() throws IOException {
        wire.startHandshake();
    }

    @Override
    public String toString() {
        return wire.toString();
    }
}
