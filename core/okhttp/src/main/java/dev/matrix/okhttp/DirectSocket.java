package dev.matrix.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Predicate;

/** A socket that connects to allowed addresses alone, over a channel, since only that can be looked at without waiting. */
final class DirectSocket extends ForwardingSocket implements Conversation.Holder, Conversation.Wire {

    private final SocketChannel channel;
    private final Predicate<InetAddress> allowed;
    private final Conversation conversation = new Conversation(this);

    private DirectSocket(SocketChannel channel, Predicate<InetAddress> allowed) {
        super(channel.socket());
        this.channel = channel;
        this.allowed = allowed;
    }

    static DirectSocket open(Predicate<InetAddress> allowed) throws IOException {
        return new DirectSocket(SocketChannel.open(), allowed);
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        if (!(endpoint instanceof InetSocketAddress target)
                || target.isUnresolved()
                || !allowed.test(target.getAddress())) {
            throw new AddressBlockedException(endpoint.toString());
        }
        wire.connect(endpoint, timeout);
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

    @Override
    public Sight look() {
        try {
            channel.configureBlocking(false);
            int read = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return read == 0 ? Sight.SILENCE : read > 0 ? Sight.BYTES : Sight.END;
        } catch (IOException gone) {
            return Sight.END;
        }
    }

    @Override
    public boolean isEncrypted() {
        return false;
    }

    @Override
    public boolean isMultiplexed() {
        return false;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void close() {
        try {
            wire.close();
        } catch (IOException closed) {
            // Nothing more can be done about it, and nothing more will be read from it.
        }
    }
}
