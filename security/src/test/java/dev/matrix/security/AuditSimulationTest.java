package dev.matrix.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.AuditReport.Outcome;
import dev.matrix.security.spi.AuditTreeStore;
import dev.matrix.security.spi.AuditTreeStore.AuditCheckpointRow;
import dev.matrix.security.spi.AuditTreeStore.AuditHead;
import dev.matrix.security.spi.AuditTreeStore.AuditLeaf;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.testkit.sim.Faults;
import dev.matrix.testkit.sim.Seeds;
import dev.matrix.testkit.sim.SimulatedNode;
import dev.matrix.testkit.sim.Simulation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three nodes that crash, stall past their leases and disagree about the time write one log. */
@Tag("G35")
@Tag("SE57")
class AuditSimulationTest {

    private static final Duration TROUBLED = Duration.ofMinutes(1);

    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** One run, and what the host knows of it. */
    private static final class Story {

        private final Map<Matrix, Security> nodes = new HashMap<>();
        private final Set<String> appended = new TreeSet<>();
        private final Set<String> rolledBack = new TreeSet<>();
        private final TreeMap<Long, String> checkpoints = new TreeMap<>();
        private final UnaryOperator<Stores> flaw;
        private int rollbacks;

        Story(UnaryOperator<Stores> flaw) {
            this.flaw = flaw;
        }

        Matrix node(SimulatedNode node) {
            Stores stores = flaw.apply(node.stores());
            Matrix matrix = node.builder().stores(stores).build();
            nodes.put(matrix, Security.on(matrix).build());
            return matrix;
        }

        void append(SimulatedNode node) {
            Security security = nodes.get(node.matrix());
            if (security != null) {
                appended.add(security.auditLog()
                        .append(AuditEntry.change(Owner.platform(), Node.HOST, "a.b", "thing", "t" + appended.size())));
            }
        }

        void rollBack(SimulatedNode node) {
            Security security = nodes.get(node.matrix());
            if (security == null) {
                return;
            }
            try {
                node.matrix().transactions().inTransaction(tx -> {
                    rolledBack.add(security.auditLog()
                            .append(tx, AuditEntry.change(Owner.platform(), Node.HOST, "a.c", "thing", "none")));
                    throw new RolledBack();
                });
            } catch (RolledBack expected) {
                rollbacks++;
            }
        }

        /** Each checkpoint that anybody could have seen continues all before it. */
        void continues(Simulation simulation) {
            AuditStores stores = AuditStores.of(simulation.stores());
            stores.transactions().inTransaction(tx -> {
                Optional<AuditCheckpointRow> newest = stores.trees().checkpointUpTo(tx, AuditNames.LOG, Long.MAX_VALUE);
                if (newest.isPresent() && !checkpoints.containsKey(newest.get().size())) {
                    checkpoints.put(newest.get().size(), newest.get().note());
                    for (String note : checkpoints.values()) {
                        Checkpoint each = Checkpoint.of(SignedNote.parse(note));
                        assertThat(stores.tree(tx, newest.get().size()).rootAt(each.size()))
                                .as("root at %s", each.size())
                                .isEqualTo(each.root());
                    }
                }
            });
        }

        void isWhole(Simulation simulation) {
            AuditStores stores = AuditStores.of(simulation.stores());
            List<AuditLeaf> leaves =
                    stores.transactions().returning(tx -> stores.trees().leaves(tx, AuditNames.LOG, 0, 10_000));
            for (int i = 0; i < leaves.size(); i++) {
                assertThat(leaves.get(i).seq()).as("without gaps").isEqualTo(i);
            }
            List<String> ids = leaves.stream().map(AuditLeaf::entryId).toList();
            assertThat(ids).doesNotHaveDuplicates().containsAll(appended);
            assertThat(ids).filteredOn(rolledBack::contains).isEmpty();
            Matrix matrix = simulation.nodes().get(0).matrix();
            Security security = requireNonNull(nodes.get(matrix));
            AuditReport report = security.auditLog().verify(List.copyOf(checkpoints.values()));
            assertThat(report.findings()).isEmpty();
            assertThat(report.outcome()).isEqualTo(Outcome.VERIFIED);
        }

        void run(long seed, Duration troubled) {
            Simulation.seeded(seed)
                    .nodes(3, this::node)
                    .faults(Faults.standard().withCrash(0.004).withStall(0.01, Duration.ofMinutes(1)))
                    .action("append", Duration.ofSeconds(1), this::append)
                    .action("roll back", Duration.ofSeconds(5), this::rollBack)
                    .always("checkpoints continue", this::continues)
                    .invariant("the log is whole", this::isWhole)
                    .build()
                    .run(troubled)
                    .settle(Duration.ofMinutes(4));
        }
    }

    @Test
    void theLogIsWholeWhateverCrashes() {
        Seeds.run(200, seed -> new Story(stores -> stores).run(seed, TROUBLED));
    }

    @Test
    void aRunIsLongEnoughToProveSomething() {
        Story story = new Story(stores -> stores);
        story.run(1, TROUBLED);
        assertThat(story.rollbacks).isPositive();
        assertThat(story.appended).hasSizeGreaterThan(20);
        assertThat(story.checkpoints).hasSizeGreaterThan(3);
    }

    @Test
    @Tag("long")
    void theLogIsWholeForTenThousandSeeds() {
        Seeds.run(10_000, seed -> new Story(stores -> stores).run(seed, TROUBLED));
    }

    @Test
    @Tag("SE58")
    void aHeadThatIsRememberedInsteadOfReadIsFound() {
        assertFound(AuditSimulationTest::withRememberedHead, "(?s).*(the log is whole|checkpoints continue).*");
    }

    private static void assertFound(UnaryOperator<Stores> flaw, String what) {
        for (long seed = 1; seed <= 50; seed++) {
            long tried = seed;
            Throwable found = catchThrowable(() -> new Story(flaw).run(tried, TROUBLED));
            if (found != null) {
                assertThat(found).isInstanceOf(AssertionError.class).hasMessageMatching(what);
                return;
            }
        }
        fail("No seed finds it.");
    }

    /** A head that each node keeps as it wrote it last. */
    private static Stores withRememberedHead(Stores stores) {
        Map<String, AuditHead> remembered = new HashMap<>();
        return stores.with(AuditTreeStore.class, new ForwardingTreeStore(stores.get(AuditTreeStore.class)) {
            @Override
            public AuditHead lockHead(Tx tx, String log) {
                AuditHead head = super.lockHead(tx, log);
                return remembered.getOrDefault(log, head);
            }

            @Override
            public void replaceHead(Tx tx, AuditHead head) {
                remembered.put(head.log(), head);
                super.replaceHead(tx, head);
            }
        });
    }
}
