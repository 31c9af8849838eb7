package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The contract fails on what a transport does wrong that was written without it. */
class HttpTransportContractTest {

    /** The JDK's client, as one would use it at first: no address is judged, each body is read whole. */
    private record Naive(HttpTransportContract.Names names, Redirect redirects, int tries, long most)
            implements HttpTransport {

        @Override
        public CompletionStage<HttpReply> send(HttpCall call) {
            CompletableFuture<HttpReply> result = new CompletableFuture<>();
            try {
                result.complete(exchange(call, tries));
            } catch (IOException lost) {
                result.completeExceptionally(new TransportException(Kind.RESET, true, "lost", lost));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return result;
        }

        private HttpReply exchange(HttpCall call, int left) throws IOException, InterruptedException {
            URI uri = call.uri();
            String host = uri.getHost();
            InetAddress address = host.endsWith(".example") ? names.lookup(host).get(0) : InetAddress.getByName(host);
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://" + address.getHostAddress() + ":" + uri.getPort() + uri.getPath()))
                    .method(call.method(), BodyPublishers.ofByteArray(call.body()));
            call.headers().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
            try {
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(redirects)
                        .build();
                HttpResponse<java.io.InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
                byte[] body = response.body().readNBytes((int) most);
                response.body().close();
                return new HttpReply(
                        response.statusCode(),
                        response.headers().map(),
                        body,
                        HttpReply.End.COMPLETE,
                        address.getHostAddress(),
                        HttpReply.Timing.NONE);
            } catch (IOException lost) {
                if (left > 1) {
                    return exchange(call, left - 1);
                }
                throw lost;
            }
        }

        @Override
        public void close() {}
    }

    private static HttpTransportContract naive(Redirect redirects, int tries, long most) {
        return names -> new Naive(names, redirects, tries, most);
    }

    private static final HttpTransportContract PLAIN = naive(Redirect.NEVER, 1, 128 << 20);

    @Test
    void itFindsOneThatFollowsARedirect() {
        HttpTransportContract following = naive(Redirect.ALWAYS, 1, Loopback.CAP);

        assertThatThrownBy(following::a_redirect_is_handed_back_and_its_target_sees_nothing)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneThatConnectsToABlockedAddress() {
        assertThatThrownBy(PLAIN::literals_of_private_addresses_are_blocked_and_no_connection_arrives)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(PLAIN::a_name_of_a_private_address_is_blocked_and_no_connection_arrives)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(PLAIN::of_mixed_answers_only_the_allowed_ones_are_tried)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneThatSendsAgain() {
        HttpTransportContract insistent = naive(Redirect.NEVER, 2, Loopback.CAP);

        assertThatThrownBy(insistent::what_a_receiver_has_read_is_never_sent_again)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneThatReadsAnEndlessBody() {
        assertThatThrownBy(PLAIN::an_endless_body_is_cut_at_the_cap_and_read_no_further)
                .isInstanceOf(AssertionError.class);
    }
}
