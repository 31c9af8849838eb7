package dev.matrix.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Stores;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import dev.matrix.security.AuditReport.Outcome;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.spi.AuditStore;
import dev.matrix.security.verify.Finding;
import dev.matrix.security.verify.Finding.Code;
import dev.matrix.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Old bodies are deleted, held ones stay, and the log tells the one from what somebody else has deleted. */
@Tag("G41")
@Tag("SE43")
class AuditRetentionTest {

    private static final Owner OWNER = Owner.partner("acme");
    private static final Owner HELD = Owner.partner("held");
    private static final Instant START = Instant.parse("2026-11-02T09:30:00Z");

    private final ManualClock clock = ManualClock.at(START);
    private final Stores stores = Stores.inMemory();
    private final Node node = new Node(stores, clock, "one", wiring -> wiring);
    private final AuditLog audit = node.security.auditLog();

    private String append(Owner owner, Category category) {
        return audit.append(AuditEntry.of(owner, Node.HOST, "a.b", category, new Target("thing", "t"))
                .level(SecurityLevel.LOW));
    }

    private void pass(Duration time) {
        clock.advance(time);
        node.runSteps();
        clock.advance(Duration.ofSeconds(11));
        node.runSteps();
        clock.advance(Duration.ofSeconds(11));
        node.runSteps();
    }

    private boolean isThere(String id) {
        return !stores.transactions()
                .returning(tx -> stores.get(AuditStore.class).find(tx, List.of(id)))
                .isEmpty();
    }

    @Test
    void oldBodiesGoHeldOnesStayAndAllProofsHold() {
        List<String> old = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            old.add(append(OWNER, Category.ACCESS));
        }
        String kept = append(OWNER, Category.BILLING);
        String held = append(HELD, Category.ACCESS);
        String hold = audit.hold(LegalHold.of(HELD, START, START.plusSeconds(1)), Node.HOST);
        pass(Duration.ZERO);
        String checkpoint = audit.checkpoint().orElseThrow();

        pass(Duration.ofDays(90).minusSeconds(60));
        assertThat(old).allMatch(this::isThere);
        pass(Duration.ofHours(1));
        assertThat(old).noneMatch(this::isThere);
        assertThat(isThere(kept)).isTrue();
        assertThat(isThere(held)).isTrue();
        assertThat(audit.entries(Owner.platform(), PageRequest.first(9)).items())
                .filteredOn(entry -> entry.action().equals("audit.pruned"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.body()).contains("\"entries1\":\"0-2\""));

        AuditReport report = audit.verify(List.of(checkpoint));
        assertThat(report.findings()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(audit.inclusion(kept).holds()).isTrue();
        assertThat(audit.inclusion(held).holds()).isTrue();
        assertThatThrownBy(() -> audit.inclusion(old.get(0)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("any more");
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        audit.export(ExportFormat.TREE, 0, export, Node.HOST);
        assertThat(export.toString(UTF_8)).contains("\n0 h ", "\n2 h ", "\n3 e ");

        stores.transactions().inTransaction(tx -> stores.get(AuditStore.class).delete(tx, List.of(kept)));
        AuditReport harmed = audit.verify(List.of(checkpoint));
        assertThat(harmed.findings()).extracting(Finding::code).containsExactly(Code.MISSING_BODY);
        assertThat(harmed.findings().get(0).detail()).contains("entry 3 ");

        audit.release(hold, Node.HOST);
        assertThatThrownBy(() -> audit.release(hold, Node.HOST)).isInstanceOf(NotFoundException.class);
        pass(Duration.ofHours(1));
        assertThat(isThere(held)).isFalse();
    }

    @Test
    @Tag("G69")
    void whatNoCheckpointCoversStays() {
        Node silent = new Node(Stores.inMemory(), clock, "silent", wiring -> wiring.signer(new UnreachableSigner()));
        String id = silent.security
                .auditLog()
                .append(AuditEntry.of(OWNER, Node.HOST, "a.b", Category.ACCESS, new Target("thing", "t"))
                        .level(SecurityLevel.LOW));
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofDays(40));
            silent.runSteps();
        }
        assertThat(silent.security
                        .auditLog()
                        .entries(OWNER, PageRequest.first(9))
                        .items())
                .extracting(AuditRecord::id)
                .containsExactly(id);
    }

    @Test
    void aHoldHasATime() {
        assertThatThrownBy(() -> LegalHold.of(OWNER, START, START)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> LegalHold.of(OWNER, START, Instant.MAX)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void numbersAreToldAsRangesHoweverManyTheyAre() {
        TreeSet<Long> odd = new TreeSet<>(LongStream.range(0, 1_000)
                .map(i -> 1_000_000_000 + 2 * i)
                .boxed()
                .toList());
        Map<String, String> data = SeqRanges.data(odd);
        assertThat(data.values()).allMatch(piece -> piece.length() <= 4_096);
        SeqRanges named = new SeqRanges();
        named.addAll(data);
        SeqRanges missing = new SeqRanges();
        odd.forEach(seq -> missing.add(seq, seq));
        assertThat(missing.notIn(named)).isEmpty();
        missing.add(1_000_000_001L, 1_000_000_001L);
        missing.add(5, 7);
        missing.add(9, 9);
        missing.add(8, 8);
        assertThat(missing.notIn(named)).containsExactly("5-9", "1000000001");
    }
}
