package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Many requests of two owners to two receivers, which answer well or badly by chance, over connections that are kept where they
 * may be. The seed decides what each request is answered with.
 */
final class MixedRun {

    static final int SOME = 600;
    static final int MANY = 10_000;

    private static final int SENDERS = 4;
    private static final long SEED = 20_260_101;

    private static final int ACTS = 16;
    private static final int FIRST_WITHOUT_REPLY = 13;

    private final HttpTransportContract contract;
    private final int requests;

    /**
     * What a receiver does to an idle connection is known only once it has arrived, so a request with such an end runs alone, and the
     * next one waits for that end.
     */
    private final ReadWriteLock order = new ReentrantReadWriteLock();

    private final Semaphore handedOver = new Semaphore(0);
    private final Semaphore followed = new Semaphore(0);

    MixedRun(HttpTransportContract contract, int requests) {
        this.contract = contract;
        this.requests = requests;
    }

    void check() throws IOException {
        try (KeptServer one = KeptServer.on(Loopback.ONE, this::answer);
                KeptServer two = KeptServer.on(Loopback.TWO, this::answer);
                HttpTransport transport =
                        contract.open(host -> List.of(host.startsWith("one") ? Loopback.ONE : Loopback.TWO))) {
            List<CompletableFuture<Integer>> senders = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                int first = sender;
                senders.add(CompletableFuture.supplyAsync(
                        () -> send(transport, one, two, first), task -> new Thread(task, "sender").start()));
            }
            int answered = senders.stream().mapToInt(CompletableFuture::join).sum();

            assertThat(answered).as("how many got a reply").isGreaterThan(requests / 2);
            assertThat(one.read()).as("no request is read twice").doesNotHaveDuplicates();
            assertThat(two.read()).as("no request is read twice").doesNotHaveDuplicates();
        }
    }

    private int send(HttpTransport transport, KeptServer one, KeptServer two, int first) {
        int answered = 0;
        for (int i = first; i < requests; i += SENDERS) {
            boolean toOne = new SplittableRandom(SEED + i).nextBoolean();
            KeptServer server = toOne ? one : two;
            String id = (toOne ? "one-" : "two-") + i;
            URI uri = URI.create("http://" + (toOne ? "one" : "two") + ".example:" + server.port() + "/");
            boolean followedUp = isFollowedUp(act(id));
            Lock turn = followedUp ? order.writeLock() : order.readLock();
            turn.lock();
            try {
                HttpReply reply = transport.call(Loopback.call("POST", uri, id, Loopback.ANY));
                assertThat(reply.header("X-For")).isEqualTo(id);
                assertThat(server.read()).contains(id);
                answered++;
                if (followedUp) {
                    handedOver.release();
                    followed.acquireUninterruptibly();
                }
            } catch (TransportException lost) {
                assertThat(lost.kind()).as(id).isIn(Kind.RESET, Kind.OTHER);
                assertThat(act(id))
                        .as("only who got no reply fails, " + id)
                        .isGreaterThanOrEqualTo(FIRST_WITHOUT_REPLY);
            } finally {
                turn.unlock();
            }
        }
        return answered;
    }

    private static int act(String id) {
        return new SplittableRandom(SEED ^ Long.parseLong(id.substring(4)) * 31).nextInt(ACTS);
    }

    private static boolean isFollowedUp(int act) {
        return act == 5 || act == 6 || act == 8;
    }

    private boolean answer(String id, Socket peer) throws IOException {
        String good = Loopback.reply(id, "200 OK");
        String chunked =
                "HTTP/1.1 200 OK\r\nX-For: " + id + "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
        String head = "HTTP/1.1 200 OK\r\nX-For: " + id + "\r\n";
        return switch (act(id)) {
            case 0, 1, 2 -> write(peer, good);
            case 3 -> write(peer, chunked);
            case 4 -> write(peer, good + HostileReply.STALE);
            case 5 -> write(peer, good) && thenWrite(peer, HostileReply.STALE);
            case 6 -> write(peer, good) && thenClose(peer);
            case 7 -> write(peer, good + "HTTP/1.1 2");
            case 8 -> write(peer, chunked) && thenWrite(peer, "x");
            case 9 -> write(peer, head + "Content-Length: -1\r\n\r\n" + HostileReply.STALE);
            case 10 -> write(peer, head + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n" + HostileReply.STALE);
            case 11 -> write(peer, head.replace("200", "304") + "Content-Length: 50\r\n\r\n");
            case 12 -> write(peer, head + "Content-Length: 50\r\n\r\nx") && close(peer);
            case FIRST_WITHOUT_REPLY -> write(peer, "HTTP/1.1 20") && close(peer);
            case 14 -> write(peer, "nonsense\r\n" + HostileReply.STALE);
            default -> {
                peer.setSoLinger(true, 0);
                yield false;
            }
        };
    }

    private boolean thenWrite(Socket peer, String bytes) throws IOException {
        handedOver.acquireUninterruptibly();
        write(peer, bytes);
        Loopback.settle();
        followed.release();
        return true;
    }

    private boolean thenClose(Socket peer) throws IOException {
        handedOver.acquireUninterruptibly();
        close(peer);
        Loopback.settle();
        followed.release();
        return false;
    }

    private static boolean write(Socket peer, String bytes) throws IOException {
        KeptServer.write(peer, bytes);
        return true;
    }

    private static boolean close(Socket peer) throws IOException {
        peer.close();
        return false;
    }
}
