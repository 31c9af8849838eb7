package dev.matrix.tax.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.TaxIdChecked;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.tax.Address;
import dev.matrix.tax.Buyer;
import dev.matrix.tax.ProductCategory;
import dev.matrix.tax.SellerProfile;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIdCheck;
import dev.matrix.tax.TaxIdStatus;
import dev.matrix.tax.TaxPoint;
import dev.matrix.tax.TaxRequest;
import dev.matrix.tax.TaxTransaction;
import dev.matrix.tax.TaxedItem;
import dev.matrix.tax.Taxes;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.testkit.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tax ids from the first check to a changed standing, on every store. */
@Tag("I3")
public interface TaxIdsScenario extends StoreContract {

    TaxId ID = TaxId.parse("DE314159262");
    Owner ADA = Owner.user("ada");

    private static TaxIdStatus checked(Node node) {
        return node.ids().check(ID).status();
    }

    /** A sale to the business that the id is of. */
    private static TaxTransaction sale(Node node) {
        Taxes taxes = Taxes.on(node.matrix())
                .seller(SellerProfile.of("acme", Address.of("FR")))
                .ids(node.ids())
                .build();
        TaxRequest request = TaxRequest.invoice(
                        "acme",
                        Currencies.standard().get("EUR"),
                        TaxPoint.on(LocalDate.of(2026, 3, 1)),
                        Buyer.business(Address.of("DE"), ID))
                .item(TaxedItem.net("1", Money.of("10.00", "EUR"), ProductCategory.SAAS))
                .build();
        return taxes.commit(taxes.calculate(request).orThrow(), "inv-1");
    }

    @Test
    @Tag("I2")
    @Tag("MT30")
    default void aRegisterThatIsDownAndComesBackGivesOneEventWithTheSalesThatReliedOnIt() {
        Node node = Node.over(stores());
        TaxTransaction sale = sale(node);
        node.ids().watch(ID, ADA);
        assertThat(checked(node)).isEqualTo(TaxIdStatus.PENDING);

        node.drain();
        assertThat(checked(node)).isEqualTo(TaxIdStatus.UNAVAILABLE);
        node.after(Duration.ofMinutes(4));
        assertThat(node.register().asked()).containsExactly(ID);
        node.register().says("DE", new TaxIdAnswer.Valid("WAPI1"));
        node.after(Duration.ofMinutes(1));

        Instant now = node.clock().instant();
        assertThat(node.ids().check(ID))
                .isEqualTo(new TaxIdCheck(ID, TaxIdStatus.VALID, now, "WAPI1", Node.SELLER, now));
        node.clock().advance(Duration.ofHours(7));
        node.drain();
        assertThat(node.events())
                .containsExactly(TaxIdChecked.builder()
                        .id("DE314159262")
                        .owner(ADA)
                        .taxId("DE314159262")
                        .previous("unavailable")
                        .status("valid")
                        .checkedAt(now)
                        .transactionIds(List.of(sale.id()))
                        .build());
    }

    @Test
    default void aWatchThatIsRolledBackWasNever() {
        Node node = Node.over(stores());
        try {
            node.matrix().transactions().inTransaction(tx -> {
                node.ids().watch(tx, ID, ADA);
                throw new IllegalArgumentException("no");
            });
        } catch (IllegalArgumentException expected) {
            node.after(Duration.ofMinutes(2));
        }

        assertThat(node.register().asked()).isEmpty();
    }

    @Test
    default void oneNodeAtATimeAsksWhatIsDue() {
        Node node = Node.over(stores());
        Node other = node.another();
        node.register().says("DE", new TaxIdAnswer.Valid(null));
        other.register().says("DE", new TaxIdAnswer.Valid(null));
        node.register().during(other::drain);
        node.ids().watch(ID, ADA);
        node.clock().advance(Duration.ofMinutes(1));

        node.drain();

        assertThat(node.register().asked()).hasSize(1);
        assertThat(other.register().asked()).isEmpty();
        assertThat(node.events()).hasSize(1);
    }

    @Test
    default void twoAnswersAtOnceAreOneEvent() {
        Node node = Node.over(stores());
        Node other = node.another();
        node.register().says("DE", new TaxIdAnswer.Valid("first"));
        other.register().says("DE", new TaxIdAnswer.Valid("second"));
        node.register().during(() -> other.ids().verify(ID));

        node.ids().verify(ID);

        assertThat(node.events()).hasSize(1);
    }
}
