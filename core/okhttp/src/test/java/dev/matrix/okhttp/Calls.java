package dev.matrix.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpCall.Reach;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls as the tests make them, and a bounded wait for how they end. */
final class Calls {

    static final Reach ANY = new Reach.Any();
    static final Reach PUBLIC = new Reach.PublicOnly(AddressPolicy.publicOnly());
    static final byte[] BODY = "{\"id\":\"evt_1\"}".getBytes(UTF_8);

    private static final Duration AMPLE = Duration.ofSeconds(20);

    private Calls() {}

    static HttpCall post(String uri) {
        return post(uri, ANY);
    }

    static HttpCall post(String uri, Reach reach) {
        return call("POST", uri, BODY, AMPLE, 16_384, reach);
    }

    static HttpCall post(String uri, Duration timeout) {
        return call("POST", uri, BODY, timeout, 16_384, ANY);
    }

    static HttpCall get(String uri) {
        return call("GET", uri, new byte[0], AMPLE, 16_384, ANY);
    }

    static HttpCall call(String method, String uri, byte[] body, Duration timeout, int replyCap, Reach reach) {
        Map<String, List<String>> headers = Map.of("Content-Type", List.of("application/json"));
        return new HttpCall(method, URI.create(uri), headers, body, timeout, replyCap, reach);
    }

    static HttpReply reply(HttpTransport transport, HttpCall call)
            throws InterruptedException, ExecutionException, TimeoutException {
        return transport.send(call).toCompletableFuture().get(AMPLE.toSeconds(), TimeUnit.SECONDS);
    }

    static TransportException failure(HttpTransport transport, HttpCall call) {
        return failure(transport.send(call));
    }

    static TransportException failure(CompletionStage<HttpReply> sent) {
        ExecutionException failed = catchThrowableOfType(
                ExecutionException.class, () -> sent.toCompletableFuture().get(AMPLE.toSeconds(), TimeUnit.SECONDS));
        return (TransportException)
                requireNonNull(requireNonNull(failed, "a reply came").getCause());
    }

    static InetAddress address(int... ipv4) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) ipv4[0], (byte) ipv4[1], (byte) ipv4[2], (byte) ipv4[3]});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
