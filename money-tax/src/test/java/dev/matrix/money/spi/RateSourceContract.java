package dev.matrix.money.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a {@link RateSource} promises: rates where the far side gave some, and a failure, never rates, where it gave anything else. A
 * source that uses no transport skips the cases about one.
 */
public interface RateSourceContract {

    /** The source under test; each call makes it new, as each start of a host does. */
    RateSource source();

    /** What the far side answers when all is well. */
    HttpReply answer(HttpCall call);

    /** When that answer is given. */
    Instant now();

    /** Keys and passwords that the source was configured with; none by default. */
    default Set<String> secrets() {
        return Set.of();
    }

    private FetchRequest request(@Nullable String note) {
        return new FetchRequest(now(), null, note);
    }

    private RateFetch fetch(HttpTransport transport) {
        return source().fetch(request(null), transport);
    }

    private RateFetch.Fetched fetched() {
        RateFetch fetch = fetch(ScriptedTransport.answering(this::answer));
        assertThat(fetch).as("what comes of a good answer").isInstanceOf(RateFetch.Fetched.class);
        return (RateFetch.Fetched) fetch;
    }

    private HttpReply broken(HttpCall call, byte[] body, HttpReply.End end) {
        HttpReply good = answer(call);
        return new HttpReply(good.status(), good.headers(), body, end, good.remoteAddress(), good.timing());
    }

    /** What comes of it; a throw counts as a failure, since the caller takes it for one. */
    private @Nullable RateFetch afterTrouble(ScriptedTransport transport) {
        RateFetch fetch;
        try {
            fetch = fetch(transport);
        } catch (RuntimeException thrown) {
            assertHidesSecrets(String.valueOf(thrown.getMessage()));
            fetch = null;
        }
        assumeTrue(!transport.calls().isEmpty(), "this source uses no transport");
        return fetch;
    }

    private void assertFails(String trouble, ScriptedTransport transport) {
        RateFetch fetch = afterTrouble(transport);
        if (fetch instanceof RateFetch.Failed failed) {
            assertThat(failed.why()).as("why it failed, after %s", trouble).isNotBlank();
            assertHidesSecrets(failed.why());
        } else if (fetch != null) {
            fail("After %s it says %s; only RateFetch.Failed is true.", trouble, fetch);
        }
    }

    private void assertHidesSecrets(String text) {
        assertThat(secrets()).allSatisfy(secret -> assertThat(text).doesNotContain(secret));
    }

    @Test
    default void itsNameAndClassStayTheSame() {
        assertThat(source().name()).matches("[a-z0-9-]{1,32}").isEqualTo(source().name());
        assertThat(source().rateClass()).isEqualTo(source().rateClass());
    }

    @Test
    @Tag("X3")
    default void aGoodAnswerHasRatesOfItsTime() {
        List<ObservedRates> observed = fetched().observed();

        assertThat(observed).as("at least one observation").isNotEmpty();
        assertThat(observed).allSatisfy(one -> {
            assertThat(one.base()).matches("[A-Z0-9]{3,12}");
            assertThat(one.rates().keySet()).allSatisfy(code -> assertThat(code).matches("[A-Z0-9]{3,12}"));
            assertThat(one.observedAt()).isBeforeOrEqualTo(now().plus(Duration.ofDays(1)));
            LocalDate utc = LocalDate.ofInstant(one.observedAt(), ZoneOffset.UTC);
            assertThat(one.observedOn())
                    .as("the day in the source's calendar, of the instant %s", one.observedAt())
                    .isBetween(utc.minusDays(1), utc.plusDays(1));
        });
    }

    @Test
    default void oneObservationOfABaseHasOneInstant() {
        List<ObservedRates> observed = fetched().observed();
        Set<List<Object>> told = new HashSet<>();

        assertThat(observed)
                .allSatisfy(one -> assertThat(told.add(List.of(one.base(), one.observedAt())))
                        .as("%s at %s is told once", one.base(), one.observedAt())
                        .isTrue());
    }

    @Test
    default void askedAgainItSaysTheSameOrThatNothingChanged() {
        RateFetch.Fetched first = fetched();

        RateFetch again = source().fetch(request(first.note()), ScriptedTransport.answering(this::answer));

        if (again instanceof RateFetch.Fetched second) {
            assertThat(second.observed()).isEqualTo(first.observed());
        } else {
            assertThat(again).isInstanceOf(RateFetch.NotModified.class);
        }
    }

    @Test
    @Tag("X9")
    default void aTransportThatFailsIsAFailure() {
        for (TransportException.Kind kind : TransportException.Kind.values()) {
            assertFails(kind + " of the transport", ScriptedTransport.failing(kind, true));
        }
    }

    @Test
    @Tag("X9")
    default void aRefusalIsAFailureEvenWithAGoodBody() {
        for (int status : List.of(400, 401, 403, 404, 429, 500, 502, 503)) {
            assertFails("status " + status, ScriptedTransport.answering(call -> {
                HttpReply good = answer(call);
                return new HttpReply(
                        status, Map.of(), good.body(), HttpReply.End.COMPLETE, good.remoteAddress(), good.timing());
            }));
        }
    }

    @Test
    @Tag("X11")
    default void anAnswerOfAnotherKindIsAFailure() {
        for (String body : List.of("", " ", "null", "[]", "{}", "<html><body>Sign in</body></html>", "\0\0\0")) {
            assertFails(
                    "the body '" + body + "'",
                    ScriptedTransport.answering(call -> broken(call, body.getBytes(UTF_8), HttpReply.End.COMPLETE)));
        }
    }

    @Test
    @Tag("X11")
    default void anAnswerThatBrokeOffIsAFailureHoweverMuchOfItArrived() {
        for (HttpReply.End end : List.of(HttpReply.End.FAILED, HttpReply.End.TRUNCATED)) {
            assertFails("a body that is " + end, ScriptedTransport.answering(call -> {
                byte[] whole = answer(call).body();
                return broken(call, Arrays.copyOf(whole, whole.length / 2), end);
            }));
            assertFails(
                    "a body that is " + end + " at its last byte",
                    ScriptedTransport.answering(
                            call -> broken(call, answer(call).body(), end)));
        }
    }

    @Test
    default void itAsksByHttpsWithinMinutesAndReadsABoundedBody() {
        ScriptedTransport transport = ScriptedTransport.answering(this::answer);

        fetch(transport);

        assertThat(transport.calls()).allSatisfy(call -> {
            assertThat(call.uri().getScheme()).isEqualTo("https");
            assertThat(call.timeout()).isLessThanOrEqualTo(Duration.ofMinutes(2));
            assertThat(call.replyCap()).isLessThanOrEqualTo(64 << 20);
            assertHidesSecrets(call.uri().toString());
        });
    }

    @Test
    @Tag("X9")
    default void theNextAttemptIsLater() {
        for (int failures = 0; failures <= 40; failures++) {
            assertThat(source().nextAttempt(now(), failures % 2 == 0 ? null : now(), failures))
                    .as("after %s failures in a row", failures)
                    .isAfter(now());
        }
    }

    @Test
    default void itsTextShowsNoSecret() {
        assertHidesSecrets(source().toString());
        assertHidesSecrets(String.valueOf(fetched().note()));
    }

    @Test
    default void severalThreadsMayAskAtOnce() {
        RateSource shared = source();
        RateFetch alone = fetched();

        List<OtherThread<RateFetch>> threads = IntStream.range(0, 3)
                .mapToObj(n -> OtherThread.running(
                        () -> shared.fetch(request(null), ScriptedTransport.answering(this::answer))))
                .toList();

        assertThat(threads).allSatisfy(thread -> assertThat(thread.join()).isEqualTo(alone));
    }
}
