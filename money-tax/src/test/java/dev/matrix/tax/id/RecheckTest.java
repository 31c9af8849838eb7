package dev.matrix.tax.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.TaxIdChecked;
import dev.matrix.core.spi.Stores;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIdCheck;
import dev.matrix.tax.TaxIdStatus;
import dev.matrix.tax.spi.TaxIdAnswer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long answers are kept, and when a register is asked again, over weeks. */
@Tag("I3")
class RecheckTest {

    private static final TaxId ID = TaxId.parse("DE314159262");
    private static final Owner ADA = Owner.user("ada");

    private final Node node = Node.over(Stores.inMemory());

    private static TaxIdStatus checked(Node node) {
        return node.ids().check(ID).status();
    }

    @Test
    @Tag("I2")
    void anAnswerIsKeptAndAskedForAgainOnlyWhenItsTimeIsOver() {
        node.register().says("DE", new TaxIdAnswer.Valid(null));
        assertThat(node.ids().verify(ID).status()).isEqualTo(TaxIdStatus.VALID);
        Instant first = node.clock().instant();
        node.clock().advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(node.ids().verify(ID).checkedAt()).isEqualTo(first);

        node.clock().advance(Duration.ofSeconds(1));
        assertThat(node.ids().check(ID))
                .extracting(TaxIdCheck::status, TaxIdCheck::lastValidAt)
                .containsExactly(TaxIdStatus.PENDING, first);
        node.register().says("DE", new TaxIdAnswer.Invalid(null));
        assertThat(node.ids().verify(ID).status()).isEqualTo(TaxIdStatus.INVALID);

        node.clock().advance(Duration.ofDays(1).minusSeconds(1));
        node.register().says("DE", new TaxIdAnswer.Valid(null));
        assertThat(node.ids().verify(ID).status()).isEqualTo(TaxIdStatus.INVALID);
        assertThat(node.register().asked()).hasSize(2);
        assertThat(node.events())
                .extracting(TaxIdChecked::owner, TaxIdChecked::previous, TaxIdChecked::status)
                .containsExactly(tuple(Owner.platform(), null, "valid"), tuple(Owner.platform(), "valid", "invalid"));
    }

    @Test
    void aSilentRegisterIsAskedAgainEverLessAndNotForEver() {
        Instant start = node.clock().instant();
        assertThat(node.ids().verify(ID).status()).isEqualTo(TaxIdStatus.UNAVAILABLE);
        assertThat(node.ids().verify(ID).status()).isEqualTo(TaxIdStatus.UNAVAILABLE);
        assertThat(node.register().asked()).hasSize(1);

        node.after(Duration.ofHours(3));
        assertThat(node.register().asked())
                .as("after 5, 15, 35, 75 and 155 minutes")
                .hasSize(6);
        node.afterDays(20);

        int inAll = node.register().asked().size();
        assertThat(inAll).isBetween(55, 65);
        assertThat(node.ids().check(ID).checkedAt())
                .isBetween(start.plus(Duration.ofDays(13)), start.plus(Duration.ofDays(14)));
        assertThat(node.events()).isEmpty();
        node.register().says("DE", new TaxIdAnswer.Valid(null));
        assertThat(node.ids().verify(ID).status()).isEqualTo(TaxIdStatus.VALID);
    }

    @Test
    void aWatchedIdIsCheckedAgainWhenItsAnswerGetsOld() {
        node.register().says("DE", new TaxIdAnswer.Valid(null));
        node.ids().watch(ID, ADA);
        node.ids().watch(ID, Owner.partner("acme"));
        node.ids().watch(ID, ADA);
        node.drain();
        assertThat(node.register().asked()).hasSize(1);

        node.afterDays(29);
        node.register().says("DE", new TaxIdAnswer.Invalid(null));
        node.afterDays(1);

        assertThat(checked(node)).isEqualTo(TaxIdStatus.INVALID);
        assertThat(node.events())
                .extracting(TaxIdChecked::owner, TaxIdChecked::status)
                .containsExactly(
                        tuple(ADA, "valid"),
                        tuple(Owner.partner("acme"), "valid"),
                        tuple(ADA, "invalid"),
                        tuple(Owner.partner("acme"), "invalid"));
        node.afterDays(20);
        assertThat(node.register().asked())
                .as("an invalid one daily, for 14 days")
                .hasSize(16);
    }

    @Test
    void anIdThatNobodyWatchesAnyMoreIsLeftAlone() {
        node.register().says("DE", new TaxIdAnswer.Valid(null));
        node.ids().watch(ID, ADA);
        assertThat(node.ids().unwatch(ID, ADA)).isTrue();
        assertThat(node.ids().unwatch(ID, ADA)).isFalse();

        node.afterDays(40);

        assertThat(node.register().asked()).hasSize(1);
        node.ids().watch(ID, ADA);
        node.drain();
        assertThat(node.register().asked()).hasSize(2);
    }

    @Test
    void anotherNodesAnswerIsSeenIn15Seconds() {
        Node other = node.another();
        assertThat(checked(other)).isEqualTo(TaxIdStatus.PENDING);
        node.register().says("DE", new TaxIdAnswer.Valid(null));
        node.ids().verify(ID);

        assertThat(checked(node)).isEqualTo(TaxIdStatus.VALID);
        other.clock().advance(Duration.ofSeconds(15));
        assertThat(checked(other)).isEqualTo(TaxIdStatus.VALID);
    }
}
