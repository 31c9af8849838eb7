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

/**
 * Many requests of two owners to two receivers, which answer well or badly by chance, over connections that are kept where they
 * may be. The seed decides what each request is answered with.
 */
final class MixedRun {

    static final int SOME = 600;
    static final int MANY = 10_000;

    private static final int SENDERS = 4;
    private static final long SEED = 20_260_101;

    private final HttpTransportContract contract;
    private final int requests;

    MixedRun(HttpTransportContract contract, int requests) {
        this.contract = contract;
        this.requests = requests;
    }

    void check() throws IOException {
        try (KeptServer one = KeptServer.on(Loopback.ONE, "", MixedRun::answer);
                KeptServer two = KeptServer.on(Loopback.TWO, "", MixedRun::answer);
                HttpTransport transport =
                        contract.open(host -> List.of(host.startsWith("one") ? Loopback.ONE : Loopback.TWO))) {
            List<OtherThread<Integer>> senders = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                int first = sender;
                senders.add(OtherThread.running(() -> send(transport, one, two, first)));
            }
            int answered = senders.stream().mapToInt(OtherThread::join).sum();

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
            try {
                HttpReply reply = transport.call(Loopback.call("POST", uri, id, Loopback.ANY));
                assertThat(reply.header("X-For")).isEqualTo(id);
                assertThat(server.read()).contains(id);
                answered++;
            } catch (TransportException lost) {
                assertThat(lost.kind()).as(id).isIn(Kind.RESET, Kind.OTHER);
                assertThat(act(id)).as("only who got no reply fails, " + id).isGreaterThanOrEqualTo(FIRST_WITHOUT_REPLY);
            }
        }
        return answered;
    }

    private static final int ACTS = 16;
    private static final int FIRST_WITHOUT_REPLY = 13;

    private static int act(String id) {
        return new SplittableRandom(SEED ^ Long.parseLong(id.substring(4)) * 31).nextInt(ACTS);
    }

    private static boolean answer(String id, Socket peer) throws IOException {
        String good = Loopback.reply(id, "200 OK");
        String chunked = "HTTP/1.1 200 OK\r\nX-For: " + id + "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
        String head = "HTTP/1.1 200 OK\r\nX-For: " + id + "\r\n";
        return switch (act(id)) {
            case 0, 1, 2 -> write(peer, true, good);
            case 3 -> write(peer, true, chunked);
            case 4 -> write(peer, true, good + HostileReply.STALE);
            case 5 -> write(peer, true, good, HostileReply.STALE);
            case 6 -> write(peer, false, good);
            case 7 -> write(peer, false, good + "HTTP/1.1 2");
            case 8 -> write(peer, true, chunked, "x");
            case 9 -> write(peer, true, head + "Content-Length: -1\r\n\r\n" + HostileReply.STALE);
            case 10 -> write(peer, true, head + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n" + HostileReply.STALE);
            case 11 -> write(peer, true, head.replace("200", "304") + "Content-Length: 50\r\n\r\n");
            case 12 -> write(peer, false, head + "Content-Length: 50\r\n\r\n", "x");
            case FIRST_WITHOUT_REPLY -> write(peer, false, "HTTP/1.1 20");
            case 14 -> write(peer, true, "nonsense\r\n" + HostileReply.STALE);
            default -> {
                peer.setSoLinger(true, 0);
                yield false;
            }
        };
    }

    private static boolean write(Socket peer, boolean goesOn, String... parts) throws IOException {
        for (String part : parts) {
            KeptServer.write(peer, part);
        }
        return goesOn;
    }
}
