package dev.matrix.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiHandler;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an adapter promises that mounts an {@link ApiHandler} in a server. */
public interface ApiAdapterContract {

    /** A server with a handler mounted in it. */
    interface Mount extends AutoCloseable {

        /** Where the handler's paths begin: without a slash at its end. */
        URI uri();

        @Override
        void close();
    }

    /**
     * Mounts the handler on any free port of 127.0.0.1. It takes heads of 17 KiB, and closes a connection whose head
     * doesn't come within a few seconds.
     */
    Mount mount(ApiHandler handler);

    int MEGABYTES = 5 << 20;

    private static ApiResponse text(String text, String... headers) {
        return new ApiResponse(200, ApiHeaders.of(headers), ApiBody.of(text.getBytes(UTF_8)));
    }

    private static byte[] read(InputStream body) {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 12));
        }
        return bytes;
    }

    /** Sends one request on a connection of its own and gives the reply; {@code seen} has what the handler got. */
    private Wire.Reply exchange(ApiHandler handler, String request, String... lines) throws IOException {
        try (Mount mount = mount(handler);
                Wire wire = new Wire(mount.uri())) {
            return wire.head(request, lines).reply();
        }
    }

    @Test
    @Tag("C17")
    default void everyHeaderLineArrivesAndIsSent() throws IOException {
        BlockingQueue<ApiRequest> seen = new LinkedBlockingQueue<>();

        Wire.Reply reply = exchange(
                request -> {
                    seen.add(request);
                    return text("", "Link", "<a>; rel=\"next\"", "Link", "<b>; rel=\"deprecation\"", "X-One", "1");
                },
                "GET /v1/things",
                "Accept: a/b",
                "X-Twice: one",
                "Accept: c/d",
                "x-twice: two, three");

        ApiRequest request = seen.remove();
        assertThat(request.headers().all("accept")).containsExactly("a/b", "c/d");
        assertThat(request.headers().all("X-TWICE")).containsExactly("one", "two, three");
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.peer()).isEqualTo("127.0.0.1");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.all("Link")).containsExactly("<a>; rel=\"next\"", "<b>; rel=\"deprecation\"");
        assertThat(reply.all("X-One")).containsExactly("1");
        assertThat(reply.all("Content-Length")).containsExactly("0");
    }

    @Test
    @Tag("C17")
    @Tag("H18")
    default void pathAndQueryArriveAsTheyWereSent() throws IOException {
        for (String target : List.of(
                "/v1/a%2Fb/%2525;x=1/caf%C3%A9?q=a+b%20c&q=%26&empty=&x",
                "//two/slashes?", "/v1/%2e%2e/x", "/v1/question?a?b")) {
            BlockingQueue<ApiRequest> seen = new LinkedBlockingQueue<>();
            exchange(
                    request -> {
                        seen.add(request);
                        return text("");
                    },
                    "GET " + target);
            ApiRequest request = seen.remove();
            int mark = target.indexOf('?');
            assertThat(request.rawPath()).isEqualTo(mark < 0 ? target : target.substring(0, mark));
            assertThat(request.rawQuery()).isEqualTo(mark < 0 ? null : target.substring(mark + 1));
        }
    }

    @Test
    @Tag("C17")
    default void fiveMegabytesStreamInAndOut() throws IOException {
        byte[] content = pattern(MEGABYTES);
        for (long length : new long[] {MEGABYTES, -1}) {
            try (Mount mount = mount(request -> new ApiResponse(
                            200,
                            ApiHeaders.of("Content-Type", "application/octet-stream"),
                            new ApiBody.Stream(length, out -> request.body().transferTo(out))));
                    Wire wire = new Wire(mount.uri())) {
                OtherThread<Wire> sending = OtherThread.running(() ->
                        wire.head("POST /echo", "Content-Length: " + MEGABYTES).raw(content));
                Wire.Reply reply = wire.reply();
                sending.join();
                assertThat(Arrays.equals(reply.body(), content)).isTrue();
                assertThat(reply.all("Content-Length")).hasSize(length < 0 ? 0 : 1);
            }
        }
    }

    @Test
    @Tag("C17")
    default void aReplyArrivesThoughTheBodyWasNotRead() throws IOException {
        try (Mount mount = mount(request -> text("refused"));
                Wire wire = new Wire(mount.uri())) {
            wire.head("POST /big", "Content-Length: " + MEGABYTES).raw(pattern(MEGABYTES));
            assertThat(wire.reply().text()).isEqualTo("refused");
        }
    }

    /** The rest never comes: neither the reply nor the end of the connection waits for it. */
    @Test
    @Tag("H18")
    default void aRefusedRequestIsNotWaitedFor() throws IOException {
        try (Mount mount = mount(request -> text("refused"));
                Wire wire = new Wire(mount.uri())) {
            Wire.Reply reply =
                    wire.head("POST /big", "Content-Length: 1000").raw("x").reply();

            assertThat(reply.text()).isEqualTo("refused");
            assertThat(reply.all("Connection")).containsExactly("close");
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    @Tag("C17")
    default void aChunkedBodyArrivesWhole() throws IOException {
        try (Mount mount = mount(request -> text(new String(read(request.body()), UTF_8)));
                Wire wire = new Wire(mount.uri())) {
            wire.head("POST /echo", "Transfer-Encoding: chunked").raw("4\r\n{\"a\"\r\n3;x=y\r\n:1}\r\n0\r\n\r\n");
            Wire.Reply reply = wire.reply();
            assertThat(reply.text()).isEqualTo("{\"a\":1}");
            if (reply.all("Connection").contains("close")) {
                assertThat(wire.rest()).isEmpty();
            } else {
                assertThat(wire.head("GET /echo").reply().text()).isEmpty();
            }
        }
    }

    /** Heads of requests whose end can't be told for certain; each is refused, or its connection ends unanswered. */
    List<String> AMBIGUOUS = List.of(
            "Host: h\r\nContent-Length: +5",
            "Host: h\r\nContent-Length: -5",
            "Host: h\r\nContent-Length: 0x5",
            "Host: h\r\nContent-Length: 5 5",
            "Host: h\r\nContent-Length: 5, 6",
            "Host: h\r\nContent-Length: 5;",
            "Host: h\r\nContent-Length: five",
            "Host: h\r\nContent-Length: 99999999999999999999",
            "Host: h\r\nContent-Length: 18446744073709551621",
            "Host: h\r\nContent-Length: 5\r\nContent-Length: 6",
            "Host: h\r\nContent-Length : 5",
            "Host: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
            "Host: h\r\nTransfer-Encoding : chunked",
            "Host: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Host: h\r\nTransfer-Encoding: chunked, chunked",
            "Host: h\r\nTransfer-Encoding: chunked, identity",
            "Host: h\r\nTransfer-Encoding: xchunked",
            "Host: h\r\nTransfer-Encoding: identity",
            "X: no host",
            "Host: one\r\nHost: two",
            "Host: one\r\nHost: one",
            "Host: h\r\nX Y: a name with a space",
            "Host: h\r\n: no name");

    /** Bodies in chunks that say one length and could be read as another. */
    List<String> BAD_CHUNKS = List.of(
            "100000002\r\nab\r\n0\r\n\r\n",
            "f00000002\r\nab\r\n0\r\n\r\n",
            "10000000000000002\r\nab\r\n0\r\n\r\n",
            "80000002\r\nab\r\n0\r\n\r\n",
            "-2\r\nab\r\n0\r\n\r\n",
            "+2\r\nab\r\n0\r\n\r\n",
            "0x2\r\nab\r\n0\r\n\r\n",
            "2 2\r\nab\r\n0\r\n\r\n",
            "g\r\nab\r\n0\r\n\r\n",
            "\r\nab\r\n0\r\n\r\n",
            "2\r\nabXX0\r\n\r\n",
            "2\r\nab0\r\n\r\n",
            "2;x=\"\r\n\"ab\r\n0\r\n\r\n");

    @Test
    @Tag("H18")
    default void aRequestWhoseEndIsUnclearIsRefusedAndHidesNoOther() throws IOException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (Mount mount = mount(request -> {
            seen.add(request.rawPath());
            read(request.body());
            return text("taken");
        })) {
            for (String head : AMBIGUOUS) {
                String answer = answerTo(mount, head + "\r\n\r\nhello");
                assertThat(answer)
                        .as("%s → %s", head, answer)
                        .satisfiesAnyOf(
                                it -> assertThat(it).isEmpty(),
                                it -> assertThat(it).startsWith("HTTP/1.1 4"),
                                it -> assertThat(it).startsWith("HTTP/1.1 501"));
                if (head.contains("Transfer-Encoding: chunked") && head.contains("Content-Length")) {
                    // RFC 9112, section 6.1, lets a server read by the coding alone and then end the connection, as
                    // Tomcat does.
                    assertThat(seen).as(head).hasSizeLessThanOrEqualTo(1);
                    seen.clear();
                }
                assertThat(seen).as(head).isEmpty();
            }
        }
    }

    @Test
    @Tag("H18")
    default void noChunkHidesAnotherRequest() throws IOException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (Mount mount = mount(request -> {
            seen.add(request.rawPath());
            read(request.body());
            return text("taken");
        })) {
            answerTo(mount, "Host: h\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n");
            assertThat(seen).as("a coding behind a control character").doesNotContain("/hidden");
            for (String chunks : BAD_CHUNKS) {
                answerTo(mount, "Host: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
                assertThat(seen).as(chunks).doesNotContain("/hidden");
            }
        }
    }

    /** What comes for such a request with another one behind it, until the connection ends. */
    private static String answerTo(Mount mount, String rest) throws IOException {
        String base = mount.uri().getRawPath();
        try (Wire wire = new Wire(mount.uri())) {
            wire.raw("POST " + base + "/first HTTP/1.1\r\n" + rest + "GET " + base
                            + "/hidden HTTP/1.1\r\nHost: h\r\n\r\n")
                    .finish();
            return wire.rest();
        } catch (SocketException reset) {
            return "";
        }
    }

    @Test
    @Tag("C17")
    default void repliesWithoutABodyHaveNoneAndTheConnectionGoesOn() throws IOException {
        try (Mount mount = mount(request -> {
                    read(request.body());
                    return new ApiResponse(
                            Integer.parseInt(request.rawPath().substring(1)),
                            ApiHeaders.of("ETag", "\"1\""),
                            ApiBody.empty());
                });
                Wire wire = new Wire(mount.uri())) {
            for (int status : new int[] {204, 304, 200, 204}) {
                wire.head("DELETE /" + status, "Content-Length: 2").raw("{}");
                Wire.Reply reply = wire.reply();
                assertThat(reply.status()).isEqualTo(status);
                assertThat(reply.all("ETag")).containsExactly("\"1\"");
                assertThat(reply.body()).isEmpty();
                assertThat(reply.all("Transfer-Encoding")).isEmpty();
            }
        }
    }

    @Test
    @Tag("C17")
    default void headHasTheHeadersOfGetAndNoBody() throws IOException {
        try (Mount mount = mount(request ->
                        request.method().equals("HEAD") && request.rawPath().equals("/said")
                                ? new ApiResponse(200, ApiHeaders.of("Content-Length", "5", "X", "y"), ApiBody.empty())
                                : text("hello", "X", "y"));
                Wire wire = new Wire(mount.uri())) {
            for (String path : List.of("/said", "/made")) {
                Wire.Reply head = wire.head("HEAD " + path).headReply();
                Wire.Reply get = wire.head("GET " + path).reply();
                assertThat(head.status()).isEqualTo(200);
                assertThat(head.all("X")).containsExactly("y");
                assertThat(head.all("Content-Length")).containsExactly("5");
                assertThat(get.text()).isEqualTo("hello");
            }
        }
    }

    @Test
    @Tag("C17")
    default void headNamesNoLengthThatNobodyKnows() throws IOException {
        try (Mount mount = mount(request -> new ApiResponse(200, ApiHeaders.empty(), ApiBody.empty()));
                Wire wire = new Wire(mount.uri())) {
            assertThat(wire.head("HEAD /").headReply().all("Content-Length")).isEmpty();
        }
    }

    @Test
    @Tag("C17")
    default void aHeadOf17KiBReachesTheHandler() throws IOException {
        String long17 = "x".repeat(17 << 10);

        Wire.Reply reply = exchange(
                request -> text(
                        Integer.toString(request.headers().all("X-Long").get(0).length())),
                "GET /v1/things",
                "X-Long: " + long17);

        assertThat(reply.text()).isEqualTo(Integer.toString(17 << 10));
    }

    @Test
    @Tag("C17")
    default void aHalfSentHeadIsClosedAndReachesNobody() throws IOException {
        BlockingQueue<ApiRequest> seen = new LinkedBlockingQueue<>();
        try (Mount mount = mount(request -> {
                    seen.add(request);
                    return text("");
                });
                Wire wire = new Wire(mount.uri())) {
            String rest;
            try {
                rest = wire.raw("GET /v1/things HTTP/1.1\r\nHost: h\r\nX-Half").rest();
            } catch (IOException reset) {
                rest = "";
            }
            assertThat(rest).doesNotContain(" 200 ");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    @Tag("H18")
    default void aHandlerThatThrowsIsA500ProblemAndTheConnectionGoesOnOrSaysThatItEnds() throws IOException {
        try (Mount mount = mount(request -> {
                    if (request.rawPath().equals("/fails")) {
                        throw new IllegalStateException("select secret from table");
                    }
                    return text("fine");
                });
                Wire wire = new Wire(mount.uri())) {
            Wire.Reply reply = wire.head("GET /fails").reply();

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.first("Content-Type")).contains("application/problem+json");
            assertThat(reply.text()).contains("\"code\":\"internal_error\"").doesNotContain("select", "Exception");
            try (Wire next =
                    reply.first("Connection").filter("close"::equals).isPresent() ? new Wire(mount.uri()) : wire) {
                assertThat(next.head("GET /fine").reply().text()).isEqualTo("fine");
            }
        }
    }

    @Test
    @Tag("H18")
    default void aStreamThatFailsIsCutOffNotEnded() throws IOException {
        for (long length : new long[] {MEGABYTES, -1}) {
            try (Mount mount = mount(request ->
                            new ApiResponse(200, ApiHeaders.empty(), new ApiBody.Stream(length, out -> {
                                out.write(pattern(100_000));
                                throw new IOException("the source broke");
                            })));
                    Wire wire = new Wire(mount.uri())) {
                wire.head("GET /stream");
                assertThatThrownBy(wire::reply).isInstanceOf(IOException.class);
            }
        }
    }
}
