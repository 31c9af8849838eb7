package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shipped tables are whole: no gap, no overlap, a source on each row. */
class SeedRulesTest {

    private static final List<TaxRule> RULES = SeedRules.INSTANCE.rules().toList();

    private static Map<String, List<TaxRule>> byKey() {
        Map<String, List<TaxRule>> byKey = new TreeMap<>();
        for (TaxRule rule : RULES) {
            String key = rule.jurisdiction() + " " + rule.type() + " "
                    + rule.category().name() + " " + rule.buyer();
            byKey.computeIfAbsent(key, absent -> new ArrayList<>()).add(rule);
        }
        byKey.values()
                .forEach(rules -> rules.sort(
                        Comparator.comparing(TaxRule::validFrom, Comparator.nullsFirst(Comparator.naturalOrder()))));
        return byKey;
    }

    @Test
    @Tag("TD2")
    void eachRowFollowsTheFormerWithoutGapOrOverlap() {
        byKey().forEach((key, rules) -> {
            for (int i = 1; i < rules.size(); i++) {
                assertThat(rules.get(i - 1).validTo())
                        .as(key)
                        .isEqualTo(rules.get(i).validFrom());
            }
            assertThat(rules.get(rules.size() - 1).validTo()).as(key).isNull();
        });
    }

    @Test
    @Tag("TD2")
    void eachRowHasASourceAndAnIdOfItsOwn() {
        assertThat(RULES)
                .hasSizeGreaterThan(340)
                .allSatisfy(rule -> assertThat(rule.source()).isNotBlank());
        assertThat(RULES).extracting(TaxRule::id).doesNotHaveDuplicates();
        for (String table : List.of("supply.csv", "territories.csv", "thresholds.csv", "places.csv", "india.csv")) {
            assertThat(Csv.read(table))
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.get("source")).isNotBlank());
        }
        for (String table : List.of("supply.csv", "territories.csv", "thresholds.csv")) {
            assertThat(Csv.read(table)).extracting(Csv.Row::confidence).contains(Confidence.CHECK, Confidence.SOLID);
        }
    }

    @Test
    @Tag("TD2")
    void whatIsOnlyScheduledIsNotLoaded() {
        assertThat(RULES)
                .filteredOn(rule -> rule.jurisdiction().equals("US-DC"))
                .extracting(TaxRule::ratePercent)
                .containsOnly(new BigDecimal("5.75"), new BigDecimal("6"));
        assertThat(RULES).noneMatch(rule -> rule.category().name().equals("scheduled"));
    }

    @Test
    @Tag("TD10")
    void texasTaxesFourFifthsOfThePrice() {
        assertThat(RULES)
                .filteredOn(rule -> rule.jurisdiction().equals("US-TX") && rule.buyer() != null)
                .hasSize(2)
                .allSatisfy(rule -> {
                    assertThat(rule.ratePercent()).isEqualByComparingTo("6.25");
                    assertThat(rule.fraction()).isEqualByComparingTo("0.80");
                });
    }

    @Test
    void everyCoveredPlaceHasRulesForBothKindsOfBuyers() {
        LocalDate day = LocalDate.of(2026, 1, 1);
        for (Csv.Row row : Csv.read("places.csv")) {
            if (!row.get("area").isEmpty()) {
                for (BuyerKind kind : BuyerKind.values()) {
                    assertThat(SupplyRules.shipped().find(row.get("area"), kind, day))
                            .as(row.get("place") + " " + kind)
                            .isNotNull();
                }
            }
        }
    }
}
