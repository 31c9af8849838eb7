package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import dev.matrix.security.Erasures.ErasureReceipt;
import dev.matrix.security.Erasures.Outcome;
import dev.matrix.security.spi.AuditFilter;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditStore;
import dev.matrix.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A person is erased, and the log verifies as before. */
class ErasuresTest {

    private static final Owner ACME = Owner.partner("acme");
    private static final Subject ALICE = new Subject(ACME, "alice-4711");
    private static final Subject BOB = new Subject(ACME, "bob");
    private static final Actor ADMIN = Actor.software("admin-ui");
    private static final String IP = "192.0.2.77";
    private static final String AGENT = "Browser/77";

    private final Stores stores = Stores.inMemory();
    private final Node node = new Node(stores, ManualClock.at("2026-11-02T09:30:00Z"), "one", wiring -> wiring);
    private final AuditLog audit = node.security.auditLog();
    private final Erasures erasures = node.security.erasures();

    private static AuditEntry done(Subject by, Subject to) {
        return AuditEntry.of(ACME, Actor.person(by), "report.read", Category.DATA, Target.person(to))
                .actorData(Map.of("ip", IP, "user_agent", AGENT))
                .targetData(Map.of("name", "somebody"));
    }

    private void minutes(int count) {
        for (int i = 0; i < count * 6; i++) {
            node.clock.advance(Duration.ofSeconds(10));
            node.runSteps();
        }
    }

    private List<AuditRecord> entries() {
        return audit.entries((Owner) null, PageRequest.first(999)).items();
    }

    private String export(ExportFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        audit.export(format, 0, out, ADMIN);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** All that the audit store holds, as somebody with the database sees it. */
    private String rows() {
        AuditStore store = stores.get(AuditStore.class);
        StringBuilder all = new StringBuilder();
        stores.transactions()
                .inTransaction(tx -> store.page(
                                tx, new AuditFilter(null, null, null, null, null, null), PageRequest.first(999))
                        .items()
                        .forEach(row -> all.append(row.owner())
                                .append(row.actor())
                                .append(new String(row.body(), StandardCharsets.UTF_8))));
        return all.toString();
    }

    @Test
    @Tag("SE42")
    @Tag("G33")
    @Tag("G42")
    void afterAnErasureNothingTellsThePersonAndTheLogVerifies() {
        audit.append(done(ALICE, BOB));
        String known = audit.append(done(BOB, ALICE));
        minutes(1);
        String before = audit.checkpoint().orElseThrow();
        assertThat(rows()).as("the data are sealed from the start").doesNotContain(IP, AGENT, "somebody");
        assertThat(entries().get(0).actorData()).containsEntry("ip", IP);
        node.security.secondFactors().beginTotp(ALICE, TotpOptions.of("Acme", "alice"), null);
        node.security
                .rules()
                .add(
                        IpRule.of(RuleScope.of(ACME), IpRange.parse("9.9.9.9"), RuleAction.BLOCK),
                        Change.by(Actor.person(ALICE)));

        ErasureReceipt receipt = erasures.erase(ALICE, ADMIN);
        assertThat(receipt.outcome()).isEqualTo(Outcome.ERASED);
        minutes(1);

        assertThat(rows()).doesNotContain("alice-4711");
        assertThat(entries().get(0).actor()).isEqualTo("erased");
        assertThat(entries().get(0).actorData()).isEmpty();
        assertThat(entries()).filteredOn(entry -> entry.id().equals(known)).allSatisfy(entry -> {
            assertThat(entry.actor()).contains("bob");
            assertThat(entry.actorData()).as("another person's").containsEntry("ip", IP);
            assertThat(entry.targetData()).isEmpty();
        });
        for (ExportFormat format : ExportFormat.values()) {
            assertThat(export(format)).as(format.name()).doesNotContain("alice-4711", "somebody\":\"somebody");
        }
        assertThat(node.security.secondFactors().devices(ALICE)).isEmpty();
        assertThat(node.security
                        .rules()
                        .ipRules(RuleScope.of(ACME), PageRequest.first(9))
                        .items())
                .extracting(IpRule::createdBy)
                .containsExactly("person:" + receipt.pseudonym());
        assertThat(audit.verify(List.of(before)).outcome()).isEqualTo(AuditReport.Outcome.VERIFIED);
        assertThat(node.matrix
                        .events()
                        .page(EventQuery.all(), PageRequest.first(99))
                        .items())
                .filteredOn(event -> event.type().name().equals("security.subject_erased"))
                .singleElement()
                .satisfies(event -> assertThat(event.subject()).isEqualTo(receipt.pseudonym()));
        assertThat(erasures.erase(ALICE, ADMIN).outcome()).as("again").isEqualTo(Outcome.NOTHING_KNOWN);
    }

    @Test
    @Tag("G42")
    void anOwnerThatIsAPersonIsErasedToo() {
        Owner carol = Owner.user("carol-77");
        Subject herself = new Subject(carol, carol.id());
        audit.append(
                AuditEntry.of(carol, Actor.person(herself), "login", Category.AUTHENTICATION, Target.person(herself)));
        node.security.rules().add(node.rule(RuleScope.of(carol), RuleAction.BLOCK, "9.9.9.9"), Node.CHANGE);
        node.policy(RuleScope.of(carol), policy -> policy.stepUpAge(Duration.ofHours(1)));
        minutes(1);
        assertThat(audit.entries(carol, PageRequest.first(9)).items()).hasSize(3);
        String pseudonym = erasures.erase(herself, Actor.person(herself)).pseudonym();
        minutes(1);
        assertThat(rows()).doesNotContain("carol-77");
        assertThat(audit.entries(carol, PageRequest.first(9)).items()).isEmpty();
        assertThat(audit.entries(Owner.user(String.valueOf(pseudonym)), PageRequest.first(9))
                        .items())
                .hasSize(3);
        assertThat(audit.verify(List.of()).findings()).isEmpty();
    }

    @Test
    @Tag("SE70")
    @Tag("G70")
    void whatWasAppendedBeforeAndCommitsAfterIsBlankedAndWhoActsAgainGetsANewPseudonym() {
        audit.append(done(ALICE, BOB));
        String first = erasures.erase(ALICE, ADMIN).pseudonym();
        byte[] body = entries().get(0).body().getBytes(StandardCharsets.UTF_8);
        // As if its transaction had been open since before the erasure.
        stores.transactions()
                .inTransaction(tx -> stores.get(AuditStore.class)
                        .insert(
                                tx,
                                new AuditRow(
                                        "aud_late",
                                        ACME,
                                        null,
                                        Actor.person(ALICE).text(),
                                        first,
                                        "report.read",
                                        "DATA",
                                        true,
                                        node.clock.instant(),
                                        body)));
        assertThat(rows()).contains("alice-4711");
        assertThat(entries())
                .as("shown as erased at once")
                .extracting(AuditRecord::actor)
                .doesNotContain(Actor.person(ALICE).text());
        minutes(2);
        assertThat(rows()).doesNotContain("alice-4711");

        audit.append(done(ALICE, BOB));
        assertThat(rows()).contains("alice-4711");
        assertThat(erasures.erase(ALICE, ADMIN).pseudonym()).isNotEqualTo(first);
        assertThat(erasures.pseudonyms(PageRequest.first(9)).items()).hasSize(2).contains(first);
    }

    @Test
    @Tag("SE54")
    @Tag("G55")
    void aHoldThatKeepsPersonsDefersAnErasureUntilItIsReleased() {
        audit.append(done(ALICE, BOB));
        Instant now = node.clock.instant();
        LegalHold hold = new LegalHold(ACME, now.minusSeconds(60), now.plusSeconds(60), true);
        String other = audit.hold(LegalHold.of(ACME, now, now.plusSeconds(1)), ADMIN);
        String id = audit.hold(hold, ADMIN);
        assertThat(erasures.erase(ALICE, ADMIN)).satisfies(receipt -> {
            assertThat(receipt.outcome()).isEqualTo(Outcome.DEFERRED);
            assertThat(receipt.holdId()).isEqualTo(id);
        });
        minutes(2);
        assertThat(entries().get(0).actorData()).containsEntry("ip", IP);
        audit.release(id, ADMIN);
        minutes(2);
        assertThat(entries().get(0).actor())
                .as("another hold keeps bodies alone")
                .isEqualTo("erased");
        assertThat(rows()).doesNotContain("alice-4711");
        audit.release(other, ADMIN);
    }

    @Test
    @Tag("SE54")
    @Tag("G56")
    void afterARestoreErasuresAreRepeatedByTheirPseudonyms() {
        audit.append(done(ALICE, BOB));
        SubjectKeyStore subjects = stores.get(SubjectKeyStore.class);
        SubjectKeyStore.SubjectKeyRow backup = stores.transactions()
                .returning(tx -> subjects.find(tx, ACME, ALICE.id()))
                .orElseThrow();
        String pseudonym = String.valueOf(erasures.erase(ALICE, ADMIN).pseudonym());
        String entry = entries().get(0).id();
        Node restored = restored(backup, entry);
        assertThat(restored.security.erasures().pseudonyms(PageRequest.first(9)).items())
                .isEmpty();
        assertThat(restored.security
                        .auditLog()
                        .entries(ACME, PageRequest.first(9))
                        .items()
                        .get(0)
                        .actor())
                .contains("alice-4711");
        assertThat(restored.security
                        .auditLog()
                        .entries(ACME, PageRequest.first(9))
                        .items()
                        .get(0)
                        .actorData())
                .as("sealed by another database's key")
                .containsOnlyKeys("unreadable");

        assertThat(restored.security.erasures().reapply(pseudonym, ADMIN)).isTrue();
        assertThat(restored.security
                        .auditLog()
                        .entries(ACME, PageRequest.first(9))
                        .items()
                        .get(0)
                        .actor())
                .isEqualTo("erased");
        assertThat(restored.security.erasures().reapply(pseudonym, ADMIN))
                .as("twice")
                .isFalse();
        assertThatThrownBy(() -> restored.security.erasures().reapply("00", ADMIN))
                .isInstanceOf(NotFoundException.class);
    }

    /** A database as it was before the erasure. */
    private Node restored(SubjectKeyStore.SubjectKeyRow key, String entry) {
        Stores before = Stores.inMemory();
        byte[] body = entries().get(0).body().getBytes(StandardCharsets.UTF_8);
        before.transactions().inTransaction(tx -> {
            before.get(SubjectKeyStore.class).insertIfAbsent(tx, key);
            before.get(AuditStore.class)
                    .insert(
                            tx,
                            new AuditRow(
                                    entry,
                                    ACME,
                                    null,
                                    Actor.person(ALICE).text(),
                                    key.pseudonym(),
                                    "report.read",
                                    "DATA",
                                    true,
                                    node.clock.instant(),
                                    body));
        });
        return new Node(before, node.clock, "restored", wiring -> wiring);
    }

    @Test
    @Tag("SE43")
    @Tag("G55")
    void aHoldKeepsTheEntriesOfAnOwnerThatWasErasedSince() {
        Owner carol = Owner.user("carol-77");
        Subject herself = new Subject(carol, carol.id());
        Instant now = node.clock.instant();
        String held = audit.append(AuditEntry.of(carol, ADMIN, "report.read", Category.ACCESS, Target.person(herself)));
        audit.hold(LegalHold.of(carol, now.minusSeconds(1), now.plusSeconds(60)), ADMIN);
        minutes(1);
        erasures.erase(herself, ADMIN);
        minutes(1);
        node.clock.advance(Duration.ofDays(91));
        minutes(2);
        assertThat(entries()).extracting(AuditRecord::id).contains(held);
        assertThat(rows()).doesNotContain("carol-77");
        assertThat(audit.verify(List.of()).findings()).isEmpty();
    }
}
