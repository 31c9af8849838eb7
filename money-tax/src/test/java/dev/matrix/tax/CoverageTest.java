package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.tax.format.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** TAX.md says which countries are covered, how deeply, as of when: exactly what the shipped tables hold. */
@Tag("TD2")
class CoverageTest {

    private static final List<TaxRule> RULES = SeedRules.INSTANCE.rules().toList();
    private static final List<TaxThreshold> THRESHOLDS = SupplyRules.shipped().all();
    private static final String HEAD = "| country | taxes | standard rate | other categories | states, territories"
            + " | sales from abroad since | threshold | tax ids | unconfirmed |\n"
            + "|---|---|---|---|---|---|---|---|---|\n";

    private static List<TaxRule> rules(String country, Predicate<TaxRule> test) {
        return RULES.stream()
                .filter(rule -> Jurisdictions.within(rule.jurisdiction(), country))
                .filter(test)
                .toList();
    }

    private static String standard(String country) {
        List<TaxRule> rows = rules(
                country,
                rule -> rule.category().equals(ProductCategory.STANDARD)
                        && (rule.jurisdiction().equals(country) || country.equals("US")));
        boolean open = rows.stream().anyMatch(rule -> rule.validFrom() == null);
        String first = rows.stream()
                .map(TaxRule::validFrom)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(LocalDate::toString)
                .orElse("");
        return open ? "start unknown" : "from " + first;
    }

    private static String row(String country) {
        String area = Objects.requireNonNull(Geography.shipped().area(country));
        TreeSet<String> taxes = new TreeSet<>();
        rules(country, rule -> true).forEach(rule -> taxes.add(rule.type().name()));
        TreeSet<String> categories = new TreeSet<>();
        rules(country, rule -> !rule.category().equals(ProductCategory.STANDARD))
                .forEach(rule -> categories.add(rule.category().name()));
        TreeSet<String> parts = new TreeSet<>();
        rules(country, rule -> !rule.jurisdiction().equals(country)).forEach(rule -> parts.add(rule.jurisdiction()));
        String since = SupplyRules.shipped().of(area).stream()
                .map(SupplyRule::validFrom)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(LocalDate::toString)
                .orElse("");
        String threshold = THRESHOLDS.stream()
                .filter(each -> each.jurisdiction().equals(country)
                        || (area.equals("EU") && each.jurisdiction().equals("EU-DISTANCE")))
                .map(each -> each.amount() + (each.counts().equals("WORLD") ? " worldwide" : ""))
                .collect(Collectors.joining(", "));
        boolean ids = Formats.knows(country.equals("GR") ? "EL" : country);
        long unconfirmed =
                rules(country, rule -> rule.confidence() == Confidence.CHECK).size();
        return "| " + country + " | " + String.join(", ", taxes) + " | " + standard(country) + " | "
                + String.join(", ", categories) + " | " + parts(parts) + " | " + since + " | " + threshold + " | "
                + (ids ? "checked" : "") + " | " + unconfirmed + " of "
                + rules(country, rule -> true).size() + " |\n";
    }

    private static String parts(Set<String> parts) {
        return parts.size() > 8 ? parts.size() + " of them" : String.join(", ", parts);
    }

    @Test
    void theTableIsThatOfTheShippedData() throws IOException {
        StringBuilder table = new StringBuilder("Shipped tables " + SeedRules.INSTANCE.version() + ", "
                + Geography.shipped().countries().size() + " countries:\n\n" + HEAD);
        Geography.shipped().countries().stream().sorted().forEach(country -> table.append(row(country)));

        assertThat(Files.readString(Path.of("TAX.md"))).contains(table.toString());
    }
}
