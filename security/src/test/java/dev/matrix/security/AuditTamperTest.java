package dev.matrix.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.AuditReport.Outcome;
import dev.matrix.security.spi.AuditQueueStore;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.spi.AuditTreeStore;
import dev.matrix.security.spi.AuditTreeStore.AuditHead;
import dev.matrix.security.spi.AuditTreeStore.AuditLeaf;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.EntryProof;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.security.tree.TreeHash;
import dev.matrix.security.verify.AuditVerifier;
import dev.matrix.security.verify.Finding;
import dev.matrix.security.verify.Finding.Code;
import dev.matrix.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log is numbered, signed and checked; and whoever changes it afterwards is found out. */
class AuditTamperTest {

    private static final Owner OWNER = Owner.partner("acme");

    @TempDir
    Path folder;

    private final ManualClock clock = ManualClock.at("2026-11-02T09:30:00Z");
    private final AlteredEntries altered = new AlteredEntries();
    private final Stores stores = altered.over(Stores.inMemory());
    private final Node node = new Node(stores, clock, "one", wiring -> wiring.auditOrigin("example.com/audit"));
    private final AuditLog audit = node.security.auditLog();

    private List<String> append(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AuditEntry entry = AuditEntry.change(OWNER, Node.HOST, "report.read", "report", "r" + i);
            ids.add(audit.append(entry.data(Map.of("note", "\"a|b=c\\d\" \u00fc"))));
        }
        return ids;
    }

    private void pass(Duration time) {
        clock.advance(time);
        node.runSteps();
    }

    /** Entries that are numbered and covered by the checkpoint that is returned. */
    private String signed(int count) {
        append(count);
        pass(Duration.ofSeconds(11));
        pass(Duration.ofSeconds(11));
        return audit.checkpoint().orElseThrow();
    }

    private List<Code> findings(AuditReport report) {
        return report.findings().stream().map(Finding::code).distinct().toList();
    }

    /** Changes a letter that no index knows of. */
    private static void inANote(byte[] body) {
        body[body.length - 9] ^= 1;
    }

    private void trees(BiConsumer<Tx, AuditTreeStore> work) {
        stores.transactions().inTransaction(tx -> work.accept(tx, stores.get(AuditTreeStore.class)));
    }

    @Test
    @Tag("G35")
    @Tag("G36")
    @Tag("G58")
    void entriesAreNumberedSignedAndProved() {
        List<String> ids = append(3);
        assertThatThrownBy(() -> audit.inclusion(ids.get(1))).isInstanceOf(ConflictException.class);
        assertThat(audit.checkpoint()).isEmpty();
        pass(Duration.ofSeconds(2));
        String first = audit.checkpoint().orElseThrow();
        assertThat(first).startsWith("example.com/audit\n3\n");
        String key = audit.verifierKey();
        assertThat(key).startsWith("example.com/audit+");

        EntryProof proof = audit.inclusion(ids.get(1));
        assertThat(proof.holds()).isTrue();
        assertThat(new String(proof.entry(), UTF_8)).contains(ids.get(1));
        assertThat(proof.checkpoint()).hasToString(first);
        assertThatThrownBy(() -> audit.inclusion("aud_none")).isInstanceOf(NotFoundException.class);

        String second = signed(300);
        Checkpoint before = Checkpoint.of(SignedNote.parse(first));
        Checkpoint after = Checkpoint.of(SignedNote.parse(second));
        assertThat(after.size()).isEqualTo(303);
        assertThat(audit.consistency(3, 303).proves(before.root(), after.root()))
                .isTrue();
        assertThatThrownBy(() -> audit.consistency(0, 3)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> audit.consistency(3, 304)).isInstanceOf(ConflictException.class);

        AuditReport report = audit.verify(List.of(first, second));
        assertThat(report.outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(report.entries()).isEqualTo(303);
        assertThat(report.covered()).isEqualTo(303);
        assertThat(report.waitingSince()).isNull();
        assertThat(audit.verify(List.of()).outcome()).isEqualTo(Outcome.VERIFIED_UNANCHORED);
        assertThat(audit.verifierKey()).as("made once").isEqualTo(key);
    }

    @Test
    @Tag("SE39")
    @Tag("G40")
    void aChangedAndADeletedBodyAreFound() {
        String checkpoint = signed(10);
        List<String> ids = audit.entries(OWNER, PageRequest.first(10)).items().stream()
                .map(AuditRecord::id)
                .toList();
        altered.change(ids.get(3), body -> body[20] ^= 1);
        AuditReport changed = audit.verify(List.of(checkpoint));
        assertThat(changed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(findings(changed)).containsExactly(Code.ALTERED_BODY);
        assertThat(changed.findings().get(0).detail()).contains(ids.get(3));

        altered.hide(ids.get(3));
        AuditReport deleted = audit.verify(List.of(checkpoint));
        assertThat(findings(deleted)).containsExactly(Code.MISSING_BODY);
        altered.restore();
        assertThat(audit.verify(List.of(checkpoint)).outcome()).isEqualTo(Outcome.VERIFIED);

        altered.redirect(ids.get(3), "else.done");
        assertThat(findings(audit.verify(List.of(checkpoint)))).containsExactly(Code.INDEX_DRIFT);
    }

    @Test
    @Tag("SE39")
    void aLogThatWasWrittenAnewIsFoundByACheckpointFromElsewhereAlone() {
        String kept = signed(12);
        List<AuditLeaf> leaves = new ArrayList<>();
        trees((tx, store) -> leaves.addAll(store.leaves(tx, AuditNames.LOG, 0, 99)));
        altered.change(leaves.get(3).entryId(), AuditTamperTest::inANote);
        // The attacker computes everything again, and removes the checkpoints, which he can't sign.
        Attacker.rebuild(stores, 12);
        assertThat(audit.verify(List.of()).outcome()).isEqualTo(Outcome.FAILED);
        altered.forgetCheckpoints();
        assertThat(audit.verify(List.of()).outcome()).isEqualTo(Outcome.VERIFIED_UNANCHORED);
        AuditReport report = audit.verify(List.of(kept));
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(findings(report)).containsExactly(Code.WRONG_ROOT);

        Attacker.rebuild(stores, 2);
        AuditReport shorter = audit.verify(List.of(kept));
        assertThat(findings(shorter)).contains(Code.SHORTER_THAN_CHECKPOINT);
        assertThat(shorter.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    @Tag("G36")
    void aLogThatDoesNotContinueWhatWasSignedIsHaltedAndEntriesStillQueue() {
        String kept = signed(12);
        altered.change(audit.entries(OWNER, PageRequest.first(4)).items().get(3).id(), AuditTamperTest::inANote);
        Attacker.rebuild(stores, 12);
        append(3);
        pass(Duration.ofSeconds(11));
        pass(Duration.ofSeconds(11));
        trees((tx, store) ->
                assertThat(store.head(tx, AuditNames.LOG)).map(AuditHead::state).contains(AuditNames.HALTED));
        assertThat(audit.checkpoint()).contains(kept);
        append(1);
        pass(Duration.ofSeconds(11));
        stores.transactions()
                .inTransaction(
                        tx -> assertThat(stores.get(AuditQueueStore.class).oldest(tx, AuditNames.LOG, 9))
                                .isNotEmpty());
        pass(Duration.ofMinutes(6));
        assertThat(findings(audit.verify(List.of()))).contains(Code.STUCK_QUEUE);
    }

    @Test
    @Tag("G36")
    void aHeadThatItsTilesDoNotGiveIsNotSigned() {
        signed(5);
        append(1);
        pass(Duration.ofSeconds(1));
        String kept = audit.checkpoint().orElseThrow();
        append(1);
        pass(Duration.ofSeconds(1));
        trees((tx, store) -> {
            AuditHead head = store.lockHead(tx, AuditNames.LOG);
            store.replaceHead(
                    tx,
                    new AuditHead(head.log(), head.size(), TreeHash.ofNothing().bytes(), head.state()));
        });
        pass(Duration.ofSeconds(11));
        assertThat(audit.checkpoint()).contains(kept);
        assertThat(findings(audit.verify(List.of(kept)))).contains(Code.WRONG_ROOT);
    }

    @Test
    @Tag("SE38")
    @Tag("G35")
    void whatCommitsLateGetsALaterNumberAndEarlierProofsHold() {
        String late = append(1).get(0);
        altered.delay(stores, late);
        List<String> others = append(2);
        pass(Duration.ofSeconds(2));
        String first = audit.checkpoint().orElseThrow();
        EntryProof proof = audit.inclusion(others.get(0));
        clock.advance(Duration.ofMinutes(1));
        altered.arrive(stores, late, clock.instant());
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(11));
        assertThat(audit.inclusion(late).inclusion().index()).isEqualTo(2);
        assertThat(proof.holds()).isTrue();
        assertThat(audit.verify(List.of(first)).outcome()).isEqualTo(Outcome.VERIFIED);
    }

    @Test
    @Tag("G69")
    void anEntryWhoseBodyIsGoneBeforeItHasANumberIsSetAsideAndTheRestGoesOn() {
        List<String> ids = append(3);
        altered.hide(ids.get(1));
        pass(Duration.ofSeconds(2));
        assertThat(audit.inclusion(ids.get(2)).inclusion().index()).isEqualTo(1);
        assertThat(findings(audit.verify(List.of()))).containsExactly(Code.MISSING_BODY);
    }

    /** A node is paused between judging its lease and its batch; what is appended meanwhile must wait for the other node. */
    private boolean numbersAfterItsLease(Stores seen) {
        PausedTransactions paused = new PausedTransactions(seen);
        Node slow = new Node(paused, clock, "slow", wiring -> wiring.auditOrigin("example.com/audit"));
        slow.runSteps();
        List<String> ids = append(1);
        clock.advance(Duration.ofSeconds(2));
        paused.beforeNext(() -> {
            clock.advance(Duration.ofSeconds(20));
            node.runSteps();
            ids.addAll(append(1));
        });
        slow.runSteps();
        assertThat(leaf(ids.get(0))).contains(new AuditLeaf(0, ids.get(0)));
        return leaf(ids.get(1)).isPresent();
    }

    private Optional<AuditLeaf> leaf(String id) {
        return stores.transactions()
                .returning(tx -> stores.get(AuditTreeStore.class).leavesOf(tx, List.of(id)).stream()
                        .findFirst());
    }

    @Test
    @Tag("SE37")
    void aNodeThatWasPausedPastItsLeaseNumbersNothing() {
        assertThat(numbersAfterItsLease(stores)).isFalse();
    }

    @Test
    @Tag("SE58")
    void aLeaseThatIsNotCheckedInTheTransactionIsFound() {
        LeaseStore real = stores.get(LeaseStore.class);
        LeaseStore unchecked = new LeaseStore() {
            @Override
            public Optional<Lease> acquire(Tx tx, String key, String by, Instant now, Duration ttl) {
                return real.acquire(tx, key, by, now, ttl);
            }

            @Override
            public boolean renew(Tx tx, Lease lease, Instant now, Duration ttl) {
                return real.renew(tx, lease, now, ttl);
            }

            @Override
            public boolean holds(Tx tx, Lease lease) {
                return true;
            }

            @Override
            public void release(Tx tx, Lease lease) {
                real.release(tx, lease);
            }
        };
        assertThat(numbersAfterItsLease(stores.with(LeaseStore.class, unchecked)))
                .isTrue();
    }

    @Test
    @Tag("G39")
    @Tag("G54")
    @Tag("SE53")
    void anExportIsVerifiedOfflineAndLeavesAnEntry() throws IOException {
        signed(270);
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        audit.export(ExportFormat.TREE, 0, export, Actor.software("auditor"));
        Path file = Files.write(folder.resolve("export"), export.toByteArray());
        Path checkpoint = Files.writeString(
                folder.resolve("checkpoint"), audit.checkpoint().orElseThrow());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = AuditVerifier.run(
                new String[] {
                    "--key", audit.verifierKey(), "--checkpoint", checkpoint.toString(), "--export", file.toString()
                },
                new PrintStream(said, true, UTF_8));
        assertThat(status).as(said.toString(UTF_8)).isZero();
        assertThat(audit.entries(Owner.platform(), PageRequest.first(9)).items())
                .extracting(AuditRecord::action)
                .containsExactly("audit.exported");
        assertThatThrownBy(() -> audit.export(ExportFormat.TREE, 1, export, Node.HOST))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void anEntryIsOneLineOfJsonWhateverItHolds() {
        signed(2);
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        audit.export(ExportFormat.JSON_LINES, 1, export, Node.HOST);
        String[] lines = export.toString(UTF_8).split("\\R");
        assertThat(lines).hasSize(1);
        AuditBody body = node.matrix.json().decode(lines[0].getBytes(UTF_8), AuditBody.class);
        assertThat(body.data()).containsEntry("note", "\"a|b=c\\d\" \u00fc");
    }
}
