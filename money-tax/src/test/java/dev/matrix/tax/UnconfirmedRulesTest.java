package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No shipped rate of confidence {@code check} decides on a tax without saying so. */
@Tag("TD2")
class UnconfirmedRulesTest {

    static Stream<TaxRule> unconfirmed() {
        return SeedRules.INSTANCE.rules().filter(rule -> rule.confidence() == Confidence.CHECK);
    }

    private static List<Address> buyers(String jurisdiction) {
        return switch (jurisdiction) {
            case "IN" -> List.of(Address.of("IN", "29"), Address.of("IN", "04"));
            case "CA" -> List.of(Address.of("CA", "AB"));
            case "US-IL-CHICAGO" -> List.of(new Address("US", "IL", null, "Chicago"));
            case "PT-30" -> List.of(Address.postal("PT", "9000-001"));
            default -> {
                String[] parts = jurisdiction.split("-", 2);
                yield List.of(parts.length == 1 ? Address.of(parts[0]) : Address.of(parts[0], parts[1]));
            }
        };
    }

    /** At home with the buyer, in another state of its country, or abroad. */
    private static List<Address> sellers(Address buyer) {
        return buyer.country().equals("IN")
                ? List.of(buyer, Address.of("IN", "27"), Address.of("US", "NY"))
                : List.of(buyer, Address.of("US", "NY"));
    }

    private static LocalDate day(TaxRule rule) {
        return rule.validTo() == null
                ? LocalDate.of(2026, 3, 1)
                : rule.validTo().minusDays(1);
    }

    private static Optional<TaxCalculation> sale(TaxRule rule, Address seller, Address buyer) {
        SellerProfile profile =
                Shop.registered(SellerProfile.of(Shop.SELLER, seller), buyer.country(), rule.jurisdiction());
        BuyerKind kind = rule.buyer() == null ? BuyerKind.CONSUMER : rule.buyer();
        String category = rule.category().name().equals("oidar")
                ? "digital"
                : rule.category().name();
        TaxedItem item = TaxedItem.net("1", Shop.net("100.00", "EUR").amount(), new ProductCategory(category));
        try (Shop shop = Shop.of(profile)) {
            TaxOutcome outcome =
                    shop.outcome(day(rule).toString(), new Buyer(null, kind, buyer, List.of(), List.of()), item);
            String applied = rule.jurisdiction() + " " + rule.type() + " "
                    + rule.category().name() + ": " + rule.reason();
            return outcome instanceof TaxCalculation calculation
                            && calculation.trace().stream().anyMatch(line -> line.contains(applied))
                    ? Optional.of(calculation)
                    : Optional.empty();
        }
    }

    @ParameterizedTest
    @MethodSource("unconfirmed")
    void aSaleThatRestsOnItWarns(TaxRule rule) {
        List<TaxCalculation> resting = buyers(rule.jurisdiction()).stream()
                .flatMap(buyer -> sellers(buyer).stream().flatMap(seller -> sale(rule, seller, buyer).stream()))
                .toList();

        assertThat(resting)
                .isNotEmpty()
                .allSatisfy(calculation -> assertThat(calculation.warnings()).contains(Warning.RATE_UNCONFIRMED));
    }
}
