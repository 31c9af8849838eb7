package dev.matrix.examples.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PricingTest {

    private static List<String> table() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Pricing.run(new PrintStream(text, true, StandardCharsets.UTF_8));
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void everyBuyerGetsALineWithItsTaxAndTheReason() {
        List<String> table = table();
        assertThat(table).hasSizeGreaterThan(32);
        assertThat(places(table)).hasSizeGreaterThanOrEqualTo(30);
        assertThat(line(table, "Paris reader")).contains("100.00     20.00    120.00", "FR VAT 20 % 20.00 standard");
        assertThat(line(table, "Guadeloupe shop")).contains("FR-GP VAT", "out_of_scope");
        assertThat(line(table, "Singapore firm")).contains("reverse_charge");
        assertThat(line(table, "Lyon company")).contains("FR VAT 0 % 0.00 reverse_charge");
        assertThat(line(table, "Quebec reader"))
                .contains("CA GST 5 % 5.00 standard + CA-QC QST 9.975 % 9.98 standard")
                .contains("162.71 + 24.37 = 187.08 CAD");
        assertThat(line(table, "Tokyo reader")).contains("18045 + 1805 = 19850 JPY");
        assertThat(line(table, "Rio reader")).contains("JURISDICTION_NOT_COVERED");
        assertThat(table).noneMatch(line -> line.contains("no rate"));
    }

    private static String line(List<String> table, String buyer) {
        return table.stream().filter(line -> line.startsWith(buyer)).findFirst().orElseThrow();
    }

    /** The countries, states and provinces that are sold to. */
    private static Set<String> places(List<String> table) {
        return table.stream()
                .skip(2)
                .filter(line -> !line.contains("JURISDICTION_NOT_COVERED"))
                .map(line -> line.substring(28, 34))
                .collect(Collectors.toSet());
    }
}
