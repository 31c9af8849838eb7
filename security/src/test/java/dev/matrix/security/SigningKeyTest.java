package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Stores;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import dev.matrix.security.spi.AuditKeyStore;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log's own key is sealed again after a rotation, and persons' data are readable throughout. */
class SigningKeyTest {

    private static final Subject ALICE = new Subject(Owner.partner("acme"), "alice");
    private static final KeyUse USE = new KeyUse("audit-signer", Owner.platform(), AuditNames.LOG + " audit");

    private final Stores stores = Stores.inMemory();
    private final Node node = new Node(stores, ManualClock.at("2026-11-02T09:30:00Z"), "one", wiring -> wiring);
    private final AuditLog audit = node.security.auditLog();

    private void append() {
        audit.append(AuditEntry.of(
                        ALICE.owner(), Actor.person(ALICE), "report.read", Category.DATA, new Target("report", "r1"))
                .actorData(Map.of("ip", "192.0.2.7")));
    }

    private void minutes(int count) {
        for (int i = 0; i < count; i++) {
            node.clock.advance(Duration.ofMinutes(1));
            node.runSteps();
        }
    }

    private byte[] sealed() {
        return stores.transactions()
                .returning(tx -> stores.get(AuditKeyStore.class).find(tx, AuditNames.LOG))
                .orElseThrow()
                .sealed();
    }

    @Test
    @Tag("K4")
    void allThatIsSealedFollowsARotationAndNothingElseChanges() {
        append();
        minutes(2);
        String key = audit.verifierKey();
        String checkpoint = audit.checkpoint().orElseThrow();
        byte[] before = sealed();
        node.matrix.keys().rotate("audit-signer", node.clock.instant());
        node.matrix.keys().rotate("subject-keys", node.clock.instant());
        minutes(30);

        assertThat(sealed()).isNotEqualTo(before);
        assertThat(node.matrix.keys().isCurrent(USE, sealed())).isTrue();
        assertThat(audit.verifierKey()).isEqualTo(key);
        append();
        minutes(2);
        assertThat(audit.verify(List.of(checkpoint, audit.checkpoint().orElseThrow()))
                        .outcome())
                .isEqualTo(AuditReport.Outcome.VERIFIED);
        assertThat(audit.entries(ALICE.owner(), PageRequest.first(9)).items())
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.actorData()).containsEntry("ip", "192.0.2.7"));
    }
}
