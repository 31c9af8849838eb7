package dev.matrix.tax.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Stores;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIdCheck;
import dev.matrix.tax.TaxIdStatus;
import dev.matrix.tax.TaxIds;
import dev.matrix.tax.spi.TaxIdAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TaxIdsTest {

    private static final TaxId GERMAN = TaxId.parse("DE314159262");
    private static final TaxId DANISH = TaxId.parse("DK31415926");

    private final Node node = Node.over(Stores.inMemory());

    /** German ids that differ, all well formed. */
    private static List<TaxId> german(int count) {
        List<TaxId> ids = new ArrayList<>();
        for (int number = 300_000_000; ids.size() < count; number++) {
            TaxId id = new TaxId("DE", Integer.toString(number));
            if (id.isWellFormed()) {
                ids.add(id);
            }
        }
        return ids;
    }

    @Test
    @Tag("I2")
    void withoutAVerifierOnlyTheFormIsKnown() {
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            TaxIds ids = TaxIds.on(matrix).build();

            assertThat(ids.check(GERMAN)).isEqualTo(TaxIdCheck.offline(GERMAN, TaxIdStatus.UNVERIFIED));
            assertThat(ids.verify(GERMAN).status()).isEqualTo(TaxIdStatus.UNVERIFIED);
            assertThat(ids.watch(GERMAN, Owner.user("ada")).status()).isEqualTo(TaxIdStatus.UNVERIFIED);
            assertThat(ids.check(TaxId.parse("DE314159263")).status()).isEqualTo(TaxIdStatus.FORMAT_INVALID);
            assertThat(ids.check(TaxId.parse("BR11222333000181")).status()).isEqualTo(TaxIdStatus.FORMAT_INVALID);
        }
    }

    @Test
    @Tag("I2")
    void aMalformedIdIsNeverAskedAbout() {
        TaxId wrong = TaxId.parse("DE314159263");

        assertThat(node.ids().verify(wrong).status()).isEqualTo(TaxIdStatus.FORMAT_INVALID);
        assertThat(node.ids().watch(wrong, Owner.user("ada")).status()).isEqualTo(TaxIdStatus.FORMAT_INVALID);
        node.drain();
        assertThat(node.register().asked()).isEmpty();
    }

    @Test
    @Tag("I2")
    void aPrefixWithoutARuleIsItsVerifiersToJudge() {
        TaxId brazilian = TaxId.parse("BR11222333000181");
        node.register().says("BR", new TaxIdAnswer.Malformed());

        assertThat(node.ids().check(brazilian).status()).isEqualTo(TaxIdStatus.PENDING);
        assertThat(node.ids().verify(brazilian).status()).isEqualTo(TaxIdStatus.FORMAT_INVALID);
        assertThat(node.ids().check(brazilian).status()).isEqualTo(TaxIdStatus.FORMAT_INVALID);
    }

    @Test
    @Tag("I2")
    void aRegisterThatWasSilentDoesNotUndoAnAnswer() {
        node.register().says("DE", new TaxIdAnswer.Valid("WAPI1"));
        node.ids().verify(GERMAN);
        node.clock().advance(Duration.ofDays(31));
        node.register().says("DE", Register.DOWN);

        TaxIdCheck check = node.ids().verify(GERMAN);

        assertThat(check.status()).isEqualTo(TaxIdStatus.UNAVAILABLE);
        assertThat(check.consultationNumber()).isEqualTo("WAPI1");
        assertThat(check.lastValidAt()).isEqualTo(node.clock().instant().minus(Duration.ofDays(31)));
        node.register().says("DE", new TaxIdAnswer.Valid("WAPI2"));
        node.after(Duration.ofMinutes(5));
        assertThat(node.events()).as("it was valid before").hasSize(1);
    }

    @Test
    @Tag("I3")
    void fiveSilencesInARowPauseAPrefixAndNoOther() {
        node.register().says("DK", new TaxIdAnswer.Valid(null));
        List<TaxId> ids = german(7);
        ids.subList(0, 5).forEach(node.ids()::verify);

        assertThat(node.ids().verify(ids.get(5)).status()).isEqualTo(TaxIdStatus.PENDING);
        assertThat(node.ids().verify(DANISH).status()).isEqualTo(TaxIdStatus.VALID);
        assertThat(node.register().asked()).hasSize(6);

        node.clock().advance(Duration.ofSeconds(59));
        node.drain();
        assertThat(node.register().asked()).hasSize(6);
        node.clock().advance(Duration.ofSeconds(1));
        node.drain();
        assertThat(node.register().asked()).as("the sixth's answer is due").hasSize(7);
        node.clock().advance(Duration.ofSeconds(119));
        assertThat(node.ids().verify(ids.get(6)).status()).isEqualTo(TaxIdStatus.PENDING);
    }

    @Test
    @Tag("I3")
    void atMostFourCallsOfAPrefixAreUnderWay() {
        List<TaxId> ids = german(6);
        List<TaxIdStatus> inner = new ArrayList<>();
        node.register().says("DE", new TaxIdAnswer.Valid(null));
        node.register().during(() -> {
            int begun = node.register().asked().size();
            inner.add(node.ids().verify(ids.get(begun)).status());
        });

        node.ids().verify(ids.get(0));

        assertThat(node.register().asked()).hasSize(4);
        assertThat(inner).containsExactly(TaxIdStatus.PENDING, TaxIdStatus.VALID, TaxIdStatus.VALID, TaxIdStatus.VALID);
        node.register().during(() -> {});
        node.after(Duration.ofMinutes(1));
        assertThat(node.ids().check(ids.get(4)).status())
                .as("the step asked about the one that found no place")
                .isEqualTo(TaxIdStatus.VALID);
    }

    @Test
    @Tag("I2")
    void aVerifierThatThrowsIsUnavailable() {
        node.register().during(() -> {
            throw new IllegalStateException("broken");
        });

        assertThat(node.ids().verify(GERMAN).status()).isEqualTo(TaxIdStatus.UNAVAILABLE);
    }

    @Test
    void twoVerifiersOfOnePrefixAreRefused() {
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            TaxIdsBuilder builder = TaxIds.on(matrix).verifier(new Register()).verifier(new Register());

            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("Two verifiers", "transport");
        }
    }
}
