package dev.matrix.core.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyRing.SubjectKey;
import dev.matrix.core.spi.KeyUnavailableException;
import dev.matrix.core.spi.SealBrokenException;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.core.spi.SubjectKeyStore.SubjectKeyRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SubjectKeysTest {

    private static final Owner OWNER = Owner.user("u_1");
    private static final byte[] ENTRY = "ip=192.0.2.7".getBytes(UTF_8);

    private final ManualTime time = new ManualTime();
    private final Stores stores = Stores.inMemory(time);
    private final EnvelopeKeys spec =
            KeyRing.envelope(new GuardedKek(KeyEncryptionKey.local("main", new byte[32]), stores));
    private final Node node = node();

    private Node node() {
        Node started = Node.over(stores, time, spec);
        started.ring().prepare(KeyRing.SUBJECT_KEYS);
        return started;
    }

    private SubjectKey key(Node on, Owner owner, String subjectId) {
        return stores.transactions().returning(tx -> on.ring().subjectKey(tx, owner, subjectId, time.instant()));
    }

    private boolean isKnown(String pseudonym) {
        return stores.transactions()
                .returning(tx -> node.ring().findSubjectKey(tx, pseudonym).isPresent());
    }

    @Test
    @Tag("K7")
    void aPersonHasOneRandomKeyAndPseudonymOnEveryNode() {
        SubjectKey key = key(node, OWNER, "anna");
        assertThat(key.pseudonym()).matches("[0-9a-f]{32}");
        assertThat(key(node(), OWNER, "anna").pseudonym()).isEqualTo(key.pseudonym());
        assertThat(key(node, OWNER, "ben").pseudonym()).isNotEqualTo(key.pseudonym());
        assertThat(key(node, Owner.user("u_2"), "anna").pseudonym()).isNotEqualTo(key.pseudonym());
        assertThat(key(node(), OWNER, "anna").open("e_1", key.seal("e_1", ENTRY)))
                .isEqualTo(ENTRY);
    }

    @Test
    @Tag("K2")
    void sealsAsASubjectKeyForOnePersonAndRecordOnly() {
        SubjectKey key = key(node, OWNER, "anna");
        byte[] sealed = key.seal("e_1", ENTRY);
        assertThat(sealed).hasSize(6 + 12 + ENTRY.length + 16).startsWith(1, 1, 0, 0, 0, 1);
        assertThatThrownBy(() -> key.open("e_2", sealed)).isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> key(node, OWNER, "ben").open("e_1", sealed)).isInstanceOf(SealBrokenException.class);
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> key.open("e_1", altered)).isInstanceOf(SealBrokenException.class);
        }
        assertThatThrownBy(() -> key.seal("e_1", new byte[(1 << 20) + 1])).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("K7")
    @Tag("SE34")
    void aRolledBackKeyIsForgottenAndTheNextEntryIsReadableAfterARestart() {
        List<String> lost = new ArrayList<>();
        assertThatThrownBy(() -> stores.transactions().inTransaction(tx -> {
                    SubjectKey key = node.ring().subjectKey(tx, OWNER, "anna", time.instant());
                    lost.add(key.pseudonym());
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");

        SubjectKey key = key(node, OWNER, "anna");
        byte[] sealed = key.seal("e_1", ENTRY);
        assertThat(key.pseudonym()).isNotIn(lost);
        assertThat(key(node(), OWNER, "anna").open("e_1", sealed)).isEqualTo(ENTRY);
    }

    @Test
    @Tag("K7")
    void sealsInsideTheTransactionThatMadeTheKey() {
        byte[] sealed = stores.transactions()
                .returning(tx -> node.ring()
                        .subjectKey(tx, OWNER, "anna", time.instant())
                        .seal("e_1", ENTRY));
        assertThat(key(node, OWNER, "anna").open("e_1", sealed)).isEqualTo(ENTRY);
    }

    @Test
    @Tag("K7")
    void aDestroyedKeyIsGoneAndThePersonGetsANewOne() {
        SubjectKey key = key(node, OWNER, "anna");
        byte[] sealed = key.seal("e_1", ENTRY);
        assertThat(isKnown(key.pseudonym())).isTrue();

        assertThat(destroy("anna")).isTrue();

        assertThat(isKnown(key.pseudonym())).isFalse();
        assertThat(destroy("anna")).isFalse();
        assertThat(destroy("nobody")).isFalse();
        SubjectKey next = key(node, OWNER, "anna");
        assertThat(next.pseudonym()).isNotEqualTo(key.pseudonym());
        assertThatThrownBy(() -> next.open("e_1", sealed)).isInstanceOf(SealBrokenException.class);
    }

    private boolean destroy(String subjectId) {
        return stores.transactions()
                .returning(tx -> node.ring().destroySubjectKey(tx, OWNER, subjectId, time.instant()));
    }

    @Test
    @Tag("K4")
    void personsKeysFollowTheRotationOfTheKeyThatWrapsThem() {
        byte[] sealed = key(node, OWNER, "p0").seal("e_1", ENTRY);
        for (int i = 1; i < 120; i++) {
            key(node, OWNER, "p" + i);
        }
        node.ring().rotate(KeyRing.SUBJECT_KEYS, time.instant());
        time.pass(Duration.ofMinutes(10));
        node.maintain();
        List<SubjectKeyRow> left = stores.transactions()
                .returning(tx -> stores.get(SubjectKeyStore.class).wrappedBefore(tx, 2, 1));
        assertThat(left).isEmpty();
        time.pass(Duration.ofDays(30));
        node.maintain();

        assertThat(node.states(KeyRing.SUBJECT_KEYS)).containsExactly("1 DESTROYED", "2 ACTIVE");
        assertThat(key(node(), OWNER, "p0").open("e_1", sealed)).isEqualTo(ENTRY);
    }

    @Test
    @Tag("K3")
    void aWrappingVersionThatTheNodeHasNotSeenFailsClosedInsideATransaction() {
        Node ahead = node();
        ahead.ring().rotate(KeyRing.SUBJECT_KEYS, time.instant());
        time.pass(Duration.ofMinutes(10));
        byte[] sealed = key(ahead, OWNER, "anna").seal("e_1", ENTRY);
        assertThatThrownBy(() -> key(node, OWNER, "anna").open("e_1", sealed))
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageContaining("unknown to this node");
        node.maintain();
        assertThat(key(node, OWNER, "anna").open("e_1", sealed)).isEqualTo(ENTRY);
    }

    @Test
    @Tag("K6")
    void closingLeavesHandedOutKeysUseless() {
        SubjectKey key = key(node, OWNER, "anna");
        byte[] sealed = key.seal("e_1", ENTRY);
        node.bound().wipe().run();
        assertThatThrownBy(() -> key.open("e_1", sealed)).isInstanceOf(KeyUnavailableException.class);
        assertThatThrownBy(() -> key.seal("e_1", ENTRY)).isInstanceOf(KeyUnavailableException.class);
        assertThat(key).hasToString("key of person " + key.pseudonym());
    }

    @Test
    @Tag("K7")
    void aKeyCanBeDestroyedByItsPseudonymAlone() {
        SubjectKey key = key(node, OWNER, "anna");

        assertThat(destroyed(key.pseudonym())).isTrue();

        assertThat(isKnown(key.pseudonym())).isFalse();
        assertThat(destroyed(key.pseudonym())).as("a second time").isFalse();
        assertThat(key(node, OWNER, "anna").pseudonym()).isNotEqualTo(key.pseudonym());
    }

    private boolean destroyed(String pseudonym) {
        return stores.transactions().returning(tx -> node.ring().destroySubjectKey(tx, pseudonym));
    }

    @Test
    void refusesSubjectIdsThatADatabaseWouldMakeOne() {
        assertThatThrownBy(() -> key(node, OWNER, "ann\uD83D")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> key(node, OWNER, "ann\0")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> destroyed("\0")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void refusesABlankOrOverlongSubjectId() {
        assertThatThrownBy(() -> key(node, OWNER, " ")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> key(node, OWNER, "x".repeat(129))).isInstanceOf(InvalidRequestException.class);
    }
}
