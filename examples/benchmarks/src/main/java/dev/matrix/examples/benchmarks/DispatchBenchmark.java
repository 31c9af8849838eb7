package dev.matrix.examples.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.RateLimiter;
import dev.matrix.core.api.RateVerdict;
import dev.matrix.core.api.Reply;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.wire.Length;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One exchange without a network: authenticate, count against a rate, check and bind 300 bytes, a handler in memory, a reply of
 * 1 KB. With {@code -prof gc} it says what an exchange allocates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DispatchBenchmark {

    private static final Owner OWNER = Owner.user("u_42");
    private static final byte[] BODY =
            ("{\"paymentId\":\"pay_01jd8x2m4q\",\"amount\":{\"amount\":\"12.34\",\"currency\":\"EUR\"},"
                            + "\"reason\":\"The customer has changed their mind about the larger plan.\","
                            + "\"labels\":{\"ticket\":\"4711\",\"agent\":\"a_17\",\"channel\":\"chat\"},"
                            + "\"lines\":[\"li_1\",\"li_2\",\"li_3\"],\"at\":\"2026-11-27T08:00:00Z\"}")
                    .getBytes(UTF_8);

    record Ask(
            String paymentId,
            Money amount,
            @Length(max = 1024) String reason,
            Map<String, String> labels,
            List<String> lines,
            Instant at) {}

    record Line(String id, Money amount, String text) {}

    record Answer(String id, Owner owner, String paymentId, Money amount, Instant at, List<Line> lines) {}

    private final Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build();
    private final ApiDispatcher api = ApiDispatcher.on(matrix)
            .modules(new Module())
            .authenticator(credentials ->
                    new Authentication.Authenticated(new ApiPrincipal("key_1", OWNER, Set.of("refunds:write"), null)))
            .limiter(counting())
            .build();
    private final ApiHeaders headers = ApiHeaders.of(
            "Host", "api.example.com",
            "Authorization", "Bearer mk_0123456789abcdef",
            "Content-Type", "application/json",
            "Accept", "application/json",
            "User-Agent", "benchmark");

    private static RateLimiter counting() {
        RateVerdict admitted = new RateVerdict(true, 599, Duration.ofMillis(100));
        return (policy, key, units, now) -> admitted;
    }

    private static final class Module implements ApiModule {

        private final Money amount = Money.of("12.34", Currencies.standard().get("EUR"));
        private final List<Line> lines = Collections.nCopies(8, new Line("li_01jd8x2m4q", amount, "one seat, 17 days"));

        @Override
        public String name() {
            return "quotes";
        }

        @Override
        public List<Operation<?, ?>> operations() {
            Instant at = Instant.parse("2026-11-27T08:00:00Z");
            return List.of(Operation.post("/v1/payments/quotes", Ask.class, Reply.json(Answer.class))
                    .id("quoteThing")
                    .tag("quotes")
                    .summary("Quotes.")
                    .scope("refunds:write")
                    .byOwners()
                    .key(KeyMode.UNUSED)
                    .example(
                            "one",
                            new Ask("pay_1", amount, "", Map.of(), List.of(), at),
                            new Answer("q_1", OWNER, "pay_1", amount, at, lines))
                    .handle((q, context) ->
                            new Answer("q_1", context.principal().owner(), q.paymentId(), q.amount(), q.at(), lines)));
        }
    }

    /** One exchange. */
    @Benchmark
    public ApiResponse exchange() {
        ApiResponse response = api.handle(new ApiRequest(
                "POST", "/v1/payments/quotes", null, headers, new ByteArrayInputStream(BODY), "192.0.2.1"));
        if (response.status() != 200) {
            throw new IllegalStateException("The exchange was refused: " + response.status());
        }
        return response;
    }

    @TearDown
    public void close() {
        api.close();
        matrix.close();
    }
}
