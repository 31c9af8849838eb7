package dev.matrix.examples.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        assertThat(table).anyMatch(line -> line.startsWith("Paris reader") && line.contains("FR VAT 20 % standard"));
        assertThat(table).anyMatch(line -> line.startsWith("Lyon company") && line.contains("reverse_charge"));
        assertThat(table).anyMatch(line -> line.startsWith("Quebec reader") && line.contains("CA-QC QST 9.975 %"));
        assertThat(table).anyMatch(line -> line.startsWith("Rio reader") && line.contains("JURISDICTION_NOT_COVERED"));
        assertThat(table).noneMatch(line -> line.contains("no rate"));
    }
}
