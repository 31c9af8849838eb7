package dev.matrix.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.spi.AddressPolicy;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.event.ruler.Machine;

/**
 * One event of 900 bytes against 1,000 filters of one owner, as the router does it, envelope and view included; and bare
 * event-ruler with the same filters, which is given the finished view as text. In the package of what it measures, which isn't
 * public.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FilterBenchmark {

    private static final int FILTERS = 1_000;
    private static final String LINE =
            "{\"id\":\"li_%d\",\"kind\":\"RECURRING\",\"plan\":\"plan_%d\",\"quantity\":\"1\","
                    + "\"amount\":{\"amount\":\"40.00\",\"currency\":\"EUR\"},\"tax\":{\"amount\":\"7.60\",\"currency\":\"EUR\"}}";

    private final Set<String> filters = new HashSet<>();
    private final Requests requests =
            new Requests(JsonCodec.of(Currencies.standard()), "benchmark", 1, AddressPolicy.publicOnly());
    private final InstalledFilters installed = new InstalledFilters(Owner.user("u_42"), MissingFilterEngine.orFound());
    private final Machine bare = machine();
    private final StoredEvent event = event();
    private final String view = new String(new RoutedEvent(event, requests).view(), UTF_8);

    private static Machine machine() {
        Machine.Builder builder = Machine.builder();
        builder.withAdditionalNameStateReuse(true);
        return builder.build();
    }

    private static StoredEvent event() {
        EventPayload payload = EventTypes.INVOICE_PAID.example().orElseThrow();
        String json = "{\"id\":\"inv_77\",\"ownerType\":\"USER\",\"ownerId\":\"u_42\",\"number\":\"2026-0077\","
                + "\"subscriptionId\":\"sub_9\",\"lines\":["
                + LINE.formatted(1, 33)
                + ","
                + LINE.formatted(2, 1_033)
                + "],\"subtotal\":{\"amount\":\"80.00\",\"currency\":\"EUR\"},"
                + "\"tax\":{\"amount\":\"15.20\",\"currency\":\"EUR\"},\"total\":{\"amount\":\"95.20\",\"currency\":\"EUR\"},"
                + "\"issuedAt\":\"2026-01-01T00:00:00Z\",\"amountPaid\":{\"amount\":\"95.20\",\"currency\":\"EUR\"},"
                + "\"paymentId\":\"pay_77\",\"paidAt\":\"2026-01-01T00:00:05Z\"}";
        BillingEvent event = new BillingEvent(
                "evt_01jf8zr3k2q4w6",
                EventTypes.INVOICE_PAID,
                1,
                Owner.user("u_42"),
                "inv_77",
                Instant.parse("2026-01-01T00:00:05Z"),
                List.of(),
                null,
                payload);
        return new StoredEvent(event, json.getBytes(UTF_8), event.occurredAt());
    }

    private static String filter(int i) {
        return switch (i % 5) {
            case 0 -> "{\"data\":{\"total\":{\"value\":[{\"numeric\":[\">=\"," + (50 + i) + "]}]}}}";
            case 1 -> "{\"type\":[\"invoice.paid\"],\"data\":{\"subscriptionId\":[\"sub_" + i + "\"]}}";
            case 2 -> "{\"data\":{\"id\":[{\"prefix\":\"inv_" + i + "\"}]}}";
            case 3 -> "{\"data\":{\"total\":{\"currency\":[\"EUR\"]},\"lines\":{\"plan\":[\"plan_" + i + "\"]}}}";
            default -> "{\"data\":{\"number\":[{\"suffix\":\"-" + i + "\"}],\"paymentId\":[{\"exists\":true}]}}";
        };
    }

    /** Compiles both, and sees that they agree. */
    @Setup
    public void compile() throws Exception {
        for (int i = 0; i < FILTERS; i++) {
            filters.add(filter(i));
            bare.addRule(filter(i), filter(i));
        }
        installed.compile(filters);
        if (!new HashSet<>(matrix()).equals(new HashSet<>(eventRuler())) || matrix().isEmpty()) {
            throw new IllegalStateException("Matrix matches " + matrix() + ", event-ruler " + eventRuler());
        }
    }

    @Benchmark
    public Collection<String> matrix() {
        return installed.matching(filters, new RoutedEvent(event, requests).view());
    }

    @Benchmark
    public List<String> eventRuler() throws Exception {
        return bare.rulesForJSONEvent(view);
    }
}
