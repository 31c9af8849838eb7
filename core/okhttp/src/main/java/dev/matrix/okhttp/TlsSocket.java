package dev.matrix.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.net.ssl.SSLSocket;

/** TLS over a {@link DirectSocket}. */
final class TlsSocket extends ForwardingTlsSocket implements Conversation.Holder, Conversation.Wire {

    private final DirectSocket beneath;
    private final Conversation conversation = new Conversation(this);

    TlsSocket(SSLSocket wire, DirectSocket beneath) {
        super(wire);
        this.beneath = beneath;
    }

    @Override
    public Conversation conversation() {
        return conversation;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        wire.getInputStream();
        return conversation.input();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        wire.getOutputStream();
        return conversation.output();
    }

    /** OkHttp asks this of a connection that it is about to use again. */
    @Override
    public boolean isInputShutdown() {
        return wire.isInputShutdown() || !conversation.isReusable();
    }

    @Override
    public InputStream input() throws IOException {
        return wire.getInputStream();
    }

    @Override
    public OutputStream output() throws IOException {
        return wire.getOutputStream();
    }

    /** What has been decrypted counts, and so does each byte beneath, be it only a notice of TLS itself. */
    @Override
    public Sight look() {
        try {
            return wire.getInputStream().available() > 0 ? Sight.BYTES : beneath.look();
        } catch (IOException gone) {
            return Sight.END;
        }
    }

    @Override
    public boolean isEncrypted() {
        return true;
    }

    @Override
    public boolean isMultiplexed() {
        return "h2".equals(wire.getApplicationProtocol());
    }

    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    @Override
    public void close() {
        // TLS's own farewell may wait for a peer that reads nothing.
        beneath.close();
    }
}
