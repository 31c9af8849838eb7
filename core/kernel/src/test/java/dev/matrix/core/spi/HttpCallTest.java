package dev.matrix.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.HttpCall.Reach;
import dev.matrix.core.spi.HttpReply.End;
import dev.matrix.core.spi.HttpReply.Timing;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void its_text_shows_method_and_host_alone() {
        HttpCall call = new HttpCall(
                "POST",
                URI.create("https://hooks.example/in?token=s3cret"),
                Map.of("Authorization", List.of("s3cret")),
                new byte[] {1},
                SECOND,
                1,
                new Reach.PublicOnly(AddressPolicy.publicOnly()));

        assertThat(call).hasToString("POST https://hooks.example");
    }

    @Test
    void header_names_are_looked_up_in_any_case_and_never_change() {
        List<String> values = new ArrayList<>(List.of("a"));
        HttpCall call = call("https://hooks.example/", Map.of("X-Key", values), SECOND, 0);
        values.add("b");

        assertThat(call.headers().get("x-key")).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/in", "hooks.example", "ftp://hooks.example/", "https:///in", "https://127.1/", "mailto:a@b"})
    void needs_an_http_uri_with_a_host(String uri) {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> call(uri, Map.of(), SECOND, 0));
    }

    @Tag("W27")
    @Test
    void needs_time_and_a_cap() {
        String uri = "https://hooks.example/";

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> call(uri, Map.of(), Duration.ZERO, 0))
                .withMessageContaining("PT0S");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> call(uri, Map.of(), SECOND.negated(), 0));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> call(uri, Map.of(), SECOND, -1))
                .withMessageContaining("-1");
    }

    @Test
    void a_reply_s_headers_are_looked_up_in_any_case() {
        HttpReply reply = new HttpReply(
                200, Map.of("Retry-After", List.of("1", "2")), new byte[0], End.COMPLETE, null, Timing.NONE);

        assertThat(reply.header("retry-after")).isEqualTo("1");
        assertThat(reply.header("location")).isNull();
    }

    @Test
    void a_failure_says_its_kind_and_whether_anything_was_sent() {
        TransportException failure =
                new TransportException(TransportException.Kind.RESET, true, "hooks.example: lost.", null);

        assertThat(failure.kind()).isEqualTo(TransportException.Kind.RESET);
        assertThat(failure.sent()).isTrue();
    }

    private static HttpCall call(String uri, Map<String, List<String>> headers, Duration timeout, int cap) {
        return new HttpCall("POST", URI.create(uri), headers, new byte[0], timeout, cap, new Reach.Any());
    }
}
