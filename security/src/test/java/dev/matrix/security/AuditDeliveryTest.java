package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.StorageException;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import dev.matrix.security.spi.AuditKeyStore;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.spi.AuditSink;
import dev.matrix.security.spi.AuditSinkContract;
import dev.matrix.security.spi.AuditTreeStore;
import dev.matrix.security.spi.CheckpointAnchor;
import dev.matrix.security.spi.CheckpointAnchorContract;
import dev.matrix.security.spi.RetryLaterException;
import dev.matrix.security.spi.SecurityAlarm;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.NoteKey;
import dev.matrix.security.tree.NoteSigner;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.security.tree.TreeHash;
import dev.matrix.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log on its way out: to sinks, and its checkpoints to anchors. */
class AuditDeliveryTest {

    private static final Owner OWNER = Owner.user("u_42");

    private final Stores stores = Stores.inMemory();
    private final ManualClock clock = ManualClock.at("2026-11-02T09:30:00Z");
    private final List<SecurityAlarm> alarms = new ArrayList<>();

    private Node node(String name, UnaryOperator<SecurityBuilder> wiring) {
        return new Node(stores, clock, name, builder -> wiring.apply(builder).alarms(alarms::add));
    }

    private static void append(Node node, int count) {
        for (int i = 0; i < count; i++) {
            node.security
                    .auditLog()
                    .append(AuditEntry.of(
                            OWNER, Node.HOST, "test.done", Category.DATA, new Target("test", Integer.toString(i))));
        }
    }

    private void seconds(Node node, int count) {
        for (int i = 0; i < count; i++) {
            clock.advance(Duration.ofSeconds(1));
            node.runSteps();
        }
    }

    /** Keeps what it takes, and fails when told so. */
    private static final class Siem implements AuditSink {

        private final List<String> ids = new ArrayList<>();
        private int calls;
        private @Nullable RuntimeException failure;

        @Override
        public String name() {
            return "siem";
        }

        @Override
        public void send(List<AuditRecord> batch) {
            calls++;
            if (failure != null) {
                throw failure;
            }
            batch.forEach(entry -> ids.add(entry.id()));
        }
    }

    @Test
    @Tag("G44")
    void entriesComeInOrderOnceAndAgainWhereTheyAreReplayed() {
        Siem siem = new Siem();
        Node one = node("one", wiring -> wiring.sink(siem));
        Node two = node("two", wiring -> wiring.sink(siem));
        append(one, 600);
        for (int i = 0; i < 12; i++) {
            seconds(one, 1);
            two.runSteps();
        }
        assertThat(siem.ids).hasSize(600).doesNotHaveDuplicates().isSorted();
        one.security.auditLog().replay("siem", 590);
        seconds(one, 2);
        assertThat(siem.ids).hasSize(610);
        assertThatThrownBy(() -> one.security.auditLog().replay("nobody", 0)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> one.security.auditLog().replay("siem", -1))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("G44")
    @Tag("G68")
    void aSinkThatFailsIsTriedLaterAndLaterAndAnAlarmTells() {
        Siem siem = new Siem();
        siem.failure = new IllegalStateException("down");
        Node one = node("one", wiring -> wiring.sink(siem));
        append(one, 3);
        seconds(one, 31);
        assertThat(siem.calls).as("after about 1, 2, 4, 8 and 16 s").isBetween(4, 6);
        assertThat(alarms).extracting(SecurityAlarm::kind).containsExactly(SecurityAlarm.Kind.AUDIT_SINK);
        siem.failure = null;
        seconds(one, 40);
        assertThat(siem.ids).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60, 3_600})
    @Tag("SE68")
    @Tag("G68")
    void whatASinkAsksForIsWaitedButNoLessThanThePause(int asked) {
        Siem siem = new Siem();
        siem.failure = new RetryLaterException("busy", Duration.ofSeconds(asked));
        Node one = node("one", wiring -> wiring.sink(siem));
        append(one, 1);
        while (siem.calls == 0) {
            seconds(one, 1);
        }
        seconds(one, Math.max(0, asked - 2));
        assertThat(siem.calls).isEqualTo(1);
        seconds(one, 4);
        assertThat(siem.calls).isGreaterThan(1);
    }

    /** Keeps notes by their sizes. */
    private static final class Anchor implements CheckpointAnchor {

        private final List<String> notes = new ArrayList<>();
        private List<String> lines = List.of();
        private @Nullable RuntimeException failure;
        private @Nullable Runnable beforeAnswer;

        @Override
        public String name() {
            return "witness";
        }

        @Override
        public List<String> publish(String note) {
            notes.add(note);
            return lines;
        }

        @Override
        public Optional<String> latest(String origin) {
            Runnable before = beforeAnswer;
            if (before != null) {
                beforeAnswer = null;
                before.run();
            }
            if (failure != null) {
                throw failure;
            }
            return notes.isEmpty() ? Optional.empty() : Optional.of(notes.get(notes.size() - 1));
        }
    }

    private String state() {
        return stores.transactions()
                .returning(tx -> stores.get(AuditTreeStore.class).head(tx, AuditNames.LOG))
                .orElseThrow()
                .state();
    }

    @Test
    @Tag("G36")
    @Tag("G68")
    void anAnchorGetsEachCheckpointAndItsSignaturesJoinTheNote() {
        Anchor anchor = new Anchor();
        anchor.lines = List.of(
                "\u2014 witness.example.com " + "AAAAAAAAAAAAAAAAAAAAAAAA",
                "\u2014 audit " + "AAAAAAAAAAAAAAAAAAAAAAAA",
                "nonsense");
        Node one = node("one", wiring -> wiring.anchor(anchor));
        append(one, 3);
        seconds(one, 40);
        assertThat(anchor.notes).isNotEmpty();
        assertThat(Checkpoint.of(SignedNote.parse(anchor.notes.get(anchor.notes.size() - 1)))
                        .size())
                .isGreaterThanOrEqualTo(3);
        SignedNote note = SignedNote.parse(one.security.auditLog().checkpoint().orElseThrow());
        assertThat(note.signatures()).extracting(SignedNote.Line::name).containsExactly("audit", "witness.example.com");
        assertThat(one.security.auditLog().verify(List.of(note.toString())).outcome())
                .as("a line in the log's own name is left out")
                .isEqualTo(AuditReport.Outcome.VERIFIED);
        assertThat(alarms).extracting(SecurityAlarm::kind).containsExactly(SecurityAlarm.Kind.AUDIT_ANCHOR);
    }

    @Test
    @Tag("SE40")
    @Tag("G36")
    void aDatabaseThatWasRestoredBehindItsAnchorHalts() {
        Anchor anchor = new Anchor();
        Node one = node("one", wiring -> wiring.anchor(anchor));
        append(one, 20);
        seconds(one, 40);
        // As if a backup had been restored from when there were seven entries.
        byte[] ofSeven = root(7);
        stores.transactions().inTransaction(tx -> {
            AuditTreeStore trees = stores.get(AuditTreeStore.class);
            AuditTreeStore.AuditHead head = trees.lockHead(tx, AuditNames.LOG);
            trees.replaceHead(tx, new AuditTreeStore.AuditHead(head.log(), 7, ofSeven, head.state()));
        });
        append(one, 1);
        seconds(one, 12);
        assertThat(state()).isEqualTo(AuditNames.HALTED);
        assertThat(alarms).extracting(SecurityAlarm::kind).contains(SecurityAlarm.Kind.AUDIT_HALTED);
    }

    private byte[] root(long size) {
        AuditStores audits = AuditStores.of(stores);
        return audits.transactions()
                .returning(tx -> audits.tree(tx, 20).rootAt(size).bytes());
    }

    @Test
    @Tag("SE68")
    @Tag("G68")
    void whatWasSignedWhileAnAnchorAnsweredIsNoContradiction() {
        Anchor anchor = new Anchor();
        Node one = node("one", wiring -> wiring.anchor(anchor));
        append(one, 5);
        seconds(one, 30);
        // Another node takes over, numbers and anchors more, while this one waits for the answer.
        anchor.beforeAnswer = () -> {
            stores.transactions().inTransaction(tx -> {
                LeaseStore leases = stores.get(LeaseStore.class);
                leases.acquire(tx, "audit/main", "two", clock.instant().plusSeconds(60), Duration.ofSeconds(10));
            });
            anchor.notes.add(forged(one, 200));
        };
        seconds(one, 11);
        assertThat(state()).isEqualTo(AuditNames.ACTIVE);
    }

    /** A checkpoint of a size that the log doesn't have, by its own key. */
    private String forged(Node node, long size) {
        SealedSigner signer = new SealedSigner(
                stores.transactions(),
                stores.get(AuditKeyStore.class),
                node.matrix.keys(),
                node.matrix.random(),
                "audit");
        Checkpoint checkpoint = new Checkpoint("audit", size, TreeHash.ofLeaf("x".getBytes(StandardCharsets.UTF_8)));
        return NoteSigner.note(
                        checkpoint.text(),
                        new NoteKey("audit", signer.publicKey()),
                        signer.sign(NoteSigner.bytes(checkpoint.text())))
                .toString();
    }

    @Test
    @Tag("SE40")
    @Tag("G36")
    void anAnchorsCheckpointThatTheLogDoesNotContinueHaltsIt() {
        Anchor anchor = new Anchor();
        Node one = node("one", wiring -> wiring.anchor(anchor));
        append(one, 5);
        seconds(one, 15);
        anchor.notes.add(forged(one, 3));
        seconds(one, 12);
        assertThat(state()).isEqualTo(AuditNames.HALTED);
    }

    @Test
    @Tag("SE68")
    @Tag("G68")
    void anAnchorThatAnswersNonsenseOrNothingAlarmsAndSigningGoesOn() {
        Anchor anchor = new Anchor();
        Node one = node("one", wiring -> wiring.anchor(anchor));
        anchor.notes.add("audit\n4611686018427387904\n" + TreeHash.ofNothing()
                + "\n\n\u2014 mallory AAAAAAAAAAAAAAAAAAAAAAAA\n");
        append(one, 5);
        seconds(one, 30);
        assertThat(one.security.auditLog().checkpoint()).isPresent();
        assertThat(alarms).extracting(SecurityAlarm::kind).contains(SecurityAlarm.Kind.AUDIT_ANCHOR);

        anchor.failure = new StorageException("away");
        append(one, 5);
        String before = one.security.auditLog().checkpoint().orElseThrow();
        seconds(one, 30);
        assertThat(one.security.auditLog().checkpoint()).isNotEqualTo(Optional.of(before));
        assertThat(state()).isEqualTo(AuditNames.ACTIVE);
    }

    @Nested
    class SinksContractTest implements AuditSinkContract {

        @Override
        public AuditSink sink() {
            return new Siem();
        }
    }

    @Nested
    class FileAnchorTest implements CheckpointAnchorContract {

        @TempDir
        private Path folder;

        @Override
        public CheckpointAnchor anchor() {
            return CheckpointAnchor.file("disk", folder.resolve("anchors.txt"));
        }

        @Test
        void aNoteThatACrashCutShortIsPassedOver() throws Exception {
            CheckpointAnchor anchor = anchor();
            anchor.publish("audit\n3\n" + TreeHash.ofNothing() + "\n\n\u2014 audit AAAAAAAAAAAAAAAAAAAAAAAA\n");
            Files.writeString(folder.resolve("anchors.txt"), "-----\naudit\n9", StandardOpenOption.APPEND);
            assertThat(anchor.latest("audit").orElseThrow()).contains("\n3\n");
            assertThat(anchor.latest("other")).isEmpty();
        }
    }
}
