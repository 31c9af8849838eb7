package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.SlaBreached;
import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.MeasurementBatch.Minute;
import dev.matrix.sla.spi.AlertStore;
import dev.matrix.sla.spi.MeasurementStore.BatchMark;
import dev.matrix.sla.spi.MeasurementStore.BatchRow;
import dev.matrix.sla.spi.ServiceCharge;
import dev.matrix.testkit.sim.Faults;
import dev.matrix.testkit.sim.SimulatedNode;
import dev.matrix.testkit.sim.Simulation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Three nodes count, take batches and close November. {@code down} gets bad minutes by batches, {@code fed} gets good ones by
 * batches that are sent again under their ids, {@code local} is counted on the nodes. For four minutes the database is away.
 */
final class SlaScenario {

    private static final Owner OWNER = Owner.user("ada");
    private static final Instant START = Instant.parse("2025-11-30T23:30:00Z");
    private static final Instant END = Instant.parse("2025-12-01T00:00:00Z");
    private static final Instant AWAY = Instant.parse("2025-11-30T23:40:00Z");
    private static final Duration AWAY_FOR = Duration.ofMinutes(4);
    private static final List<String> ALL = List.of("down", "fed", "local");
    private static final PageRequest EVERYTHING = PageRequest.first(1_000);

    private final UnaryOperator<Stores> flaw;
    private final Map<String, Slas> slas = new HashMap<>();
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Map<String, Long> sent = new HashMap<>();
    private final Simulation simulation;
    private final Matrix host;
    private final Slas plain;
    private long recorded;
    private long number;

    SlaScenario(long seed, UnaryOperator<Stores> flaw) {
        this.flaw = flaw;
        this.simulation = Simulation.seeded(seed)
                .start(START)
                .nodes(3, this::node)
                .faults(Faults.standard().withCrash(0.002).withStall(0.005, Duration.ofMinutes(3)))
                .action("record", Duration.ofSeconds(3), this::record)
                .action("feed", Duration.ofSeconds(20), this::feed)
                .action("fail", Duration.ofSeconds(45), this::fail)
                .always("alerts", this::alerts)
                .invariant("counts", this::counts)
                .invariant("consequences", this::consequences)
                .build();
        // Outside the simulation, so that nothing goes wrong there.
        this.host = Matrix.builder()
                .stores(simulation.stores())
                .clock(simulation.clock())
                .keys(KeyRing.envelope(KeyEncryptionKey.local("simulated", new byte[32])))
                .node("host")
                .build();
        this.plain = Slas.on(host).build();
    }

    private Matrix node(SimulatedNode node) {
        Set<Matrix> built = new HashSet<>();
        Stores stores = new Outage(flaw.apply(node.stores()), () -> !built.isEmpty() && isAway());
        Matrix matrix = node.builder().stores(stores).build();
        slas.put(node.name(), Slas.on(matrix).build());
        built.add(matrix);
        return matrix;
    }

    private boolean isAway() {
        Instant now = simulation.now();
        return !now.isBefore(AWAY) && now.isBefore(AWAY.plus(AWAY_FOR));
    }

    void run() {
        bind();
        simulation.run(Duration.ofMinutes(34)).settle(Duration.ofMinutes(40));
    }

    private void bind() {
        plain.define(SlaDefinition.builder("gold")
                .objective(new Objective.Uptime(new BigDecimal("99.9"), UptimeRule.standard()))
                .credits(CreditPolicy.automatic(
                        List.of(CreditSchedule.of(SlaObjective.UPTIME, CreditStep.of("99.9", "10"))),
                        new BigDecimal("10")))
                .freezeAfter(Duration.ofMinutes(10))
                .coverageFloor(BigDecimal.ZERO)
                .build());
        for (String each : ALL) {
            plain.bind(SlaBinding.of(each, OWNER, "gold", START).until(END.plus(Duration.ofDays(1))));
            plain.recordCharge(ServiceCharge.of(
                    "c-" + each, each, START, END, Money.of("100.00", "EUR"), Money.of("0.00", "EUR")));
        }
    }

    private Slas of(SimulatedNode node) {
        return Objects.requireNonNull(slas.get(node.name()));
    }

    private void record(SimulatedNode node) {
        if (simulation.now().isBefore(END)) {
            recorded++;
            of(node).recorder("local").record(1_000_000, Outcome.GOOD);
        }
    }

    /** Every other batch is one that was sent before. */
    private void feed(SimulatedNode node) {
        long id = number++ / 2;
        send(node, "fed", "b" + id, id, 0L);
    }

    private void fail(SimulatedNode node) {
        send(node, "down", "d" + number++, 40, 40L);
    }

    private void send(SimulatedNode node, String subscription, String id, long total, long bad) {
        Instant minute = simulation.now().truncatedTo(ChronoUnit.MINUTES);
        if (!minute.isBefore(END)) {
            return;
        }
        String key = subscription + "/" + id;
        boolean repeated = sent.putIfAbsent(key, total) != null;
        try {
            of(node).add(new MeasurementBatch(
                    "edge", id, List.of(), List.of(new Minute(subscription, minute, total, bad, 0L, 0L))));
            acknowledged.putIfAbsent(key, total);
        } catch (ConflictException known) {
            assertThat(repeated)
                    .as("only a repeated batch of another minute is refused")
                    .isTrue();
            acknowledged.putIfAbsent(key, total);
        } catch (StorageException away) {
            assertThat(isAway()).isTrue();
        }
    }

    private static long sum(Map<String, Long> batches, String subscription) {
        return batches.entrySet().stream()
                .filter(each -> each.getKey().startsWith(subscription + "/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void alerts(Simulation running) {
        Stores stores = running.stores();
        stores.transactions().inTransaction(tx -> {
            for (String each : ALL) {
                assertThat(stores.get(AlertStore.class).open(tx, each))
                        .as("open alerts of %s", each)
                        .hasSizeLessThanOrEqualTo(1);
            }
        });
    }

    /** What the hours say is what the batches say, read one by one; and no batch is lost or counted twice. */
    private void counts(Simulation ended) {
        Stores stores = ended.stores();
        SlaStores all = SlaStores.of(stores);
        Records records = new Records(all, new Text(JsonCodec.of(Currencies.iso())), List.of());
        stores.transactions().inTransaction(tx -> {
            for (String each : ALL) {
                Subscribed subscribed = records.subscription(tx, each).orElseThrow();
                long from = Counting.minute(START);
                Sums sums = records.judged(tx, subscribed, from, Counting.minute(END))
                        .sums(from, Counting.minute(END));
                assertThat(sums.valid).as("hours of %s, recounted", each).isEqualTo(naive(tx, all, subscribed));
                if (each.equals("local")) {
                    assertThat(sums.valid).as("counted of %s", each).isLessThanOrEqualTo(recorded);
                } else {
                    assertThat(sums.valid)
                            .as("counted of %s", each)
                            .isBetween(sum(acknowledged, each), sum(sent, each));
                }
            }
        });
    }

    private static long naive(Tx tx, SlaStores stores, Subscribed subscribed) {
        long sum = 0;
        List<BatchMark> marks = stores.measurements()
                .marks(tx, subscribed.shard(), Counting.minute(START), Counting.minute(END), false);
        for (BatchRow row : stores.measurements()
                .batches(tx, marks.stream().map(BatchMark::key).toList())) {
            sum += Batch.unpack(row.counts()).of(subscribed.row().series()).valid();
        }
        return sum;
    }

    private void consequences(Simulation ended) {
        SlaPeriod november = SlaPeriod.parse("2025-11");
        for (String each : ALL) {
            List<SlaStatement> statements = plain.statements(each, EVERYTHING).items().stream()
                    .filter(statement -> statement.period().equals(november.toString()))
                    .toList();
            assertThat(statements).as("statements of %s", each).hasSize(1);
            SlaStatement stated = statements.get(0);
            List<SlaCredit> credits =
                    plain.credits(new CreditQuery(each, null), EVERYTHING).items();
            boolean breached = stated.state() == ComplianceState.BREACHED;
            assertThat(breached).as("verdict of %s", each).isEqualTo(each.equals("down"));
            assertThat(credits).as("credits of %s", each).hasSize(breached ? 1 : 0);
            assertThat(credits).allMatch(credit -> credit.amount().equals(Money.of("10.00", "EUR")));
        }
        once("sla.breached");
        once("sla.statement_issued");
        once("sla.credit_issued");
    }

    private void once(String type) {
        List<BillingEvent> events =
                host.events().page(EventQuery.all().ofTypes(type), EVERYTHING).items();
        Set<String> keys = new HashSet<>();
        for (BillingEvent event : events) {
            String key = event.payload() instanceof SlaBreached breach
                    ? breach.subscriptionId() + breach.period() + breach.objective()
                    : event.payload().id();
            assertThat(keys.add(key)).as("%s is told of once: %s", type, key).isTrue();
        }
        if (type.equals("sla.breached")) {
            assertThat(events).as("statements' breaches").hasSize(1);
        } else if (type.equals("sla.statement_issued")) {
            long statements = events.stream()
                    .filter(event -> event.occurredAt().isBefore(END.plus(Duration.ofHours(20))))
                    .count();
            assertThat(statements).as("statements told of").isEqualTo(ALL.size());
        }
    }
}
