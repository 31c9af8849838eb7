package dev.matrix.okhttp;

import dev.matrix.core.spi.HttpReply.Timing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * How far a call came, how long each part took, and the head of what came back. Written by the call's thread, and in turn by
 * those that connect for it; where two addresses race, the times are the first one's start and the winner's end.
 */
final class Trace extends EventListener {

    /** How far a call came; it never goes back, though a second address may be tried after the first. */
    enum Phase {
        START,
        NAME,
        CONNECT,
        TLS,
        REQUEST
    }

    private static final Framing NOT_YET = new Framing(Framing.Kind.INVALID, 0, false, Framing.NO_LIMIT);

    private final int replyCap;
    private final Runnable stuckOnName;
    private final long startedAt = System.nanoTime();
    private volatile Phase phase = Phase.START;
    private long phaseAt;
    private Duration dns = Duration.ZERO;
    private Duration connect = Duration.ZERO;
    private Duration tls = Duration.ZERO;
    private Duration firstByte = Duration.ZERO;
    private @Nullable InetSocketAddress remote;
    private @Nullable Response head;
    private Framing framing = NOT_YET;
    private @Nullable Conversation conversation;

    /**
     * @param replyCap at most how much of the reply's body the call reads
     * @param stuckOnName runs where a call is cancelled while its name is looked up, which nothing can interrupt
     */
    Trace(int replyCap, Runnable stuckOnName) {
        this.replyCap = replyCap;
        this.stuckOnName = stuckOnName;
    }

    Phase phase() {
        return phase;
    }

    /** The final reply's status and headers; null where none came. */
    @Nullable
    Response head() {
        return head;
    }

    /** How the final reply's body ends. */
    Framing framing() {
        return framing;
    }

    @Nullable
    String remoteAddress() {
        return remote == null ? null : remote.getAddress().getHostAddress();
    }

    Timing timing() {
        return new Timing(dns, connect, tls, firstByte, since(startedAt));
    }

    @Override
    public void dnsStart(Call call, String domainName) {
        reached(Phase.NAME);
        if (call.isCanceled()) {
            stuckOnName.run();
        }
    }

    @Override
    public void dnsEnd(Call call, String domainName, List<InetAddress> addresses) {
        dns = since(phaseAt);
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        reached(Phase.CONNECT);
    }

    @Override
    public void secureConnectStart(Call call) {
        connect = since(phaseAt);
        reached(Phase.TLS);
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        tls = since(phaseAt);
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        if (phase == Phase.CONNECT) {
            connect = since(phaseAt);
        }
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        remote = connection.route().socketAddress();
        conversation = connection.socket() instanceof Conversation.Holder holder ? holder.conversation() : null;
    }

    @Override
    public void requestHeadersStart(Call call) {
        reached(Phase.REQUEST);
    }

    @Override
    public void responseHeadersStart(Call call) {
        firstByte = since(phaseAt);
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        framing = Framing.of(response);
        head = response;
        if (conversation != null) {
            conversation.headRead(framing, replyCap);
        }
    }

    /** OkHttp says so before it gives the connection to another call. */
    @Override
    public void responseBodyEnd(Call call, long byteCount) {
        if (conversation != null) {
            conversation.replyEnded();
        }
    }

    @Override
    public void canceled(Call call) {
        if (phase == Phase.NAME) {
            stuckOnName.run();
        }
    }

    private void reached(Phase next) {
        if (phase.compareTo(next) < 0) {
            phaseAt = System.nanoTime();
            phase = next;
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
