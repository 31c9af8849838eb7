package dev.matrix.sla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.money.Money;
import dev.matrix.sla.spi.ServiceCharge;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reports as they are handed out. */
class ReportTest {

    private static final SlaPeriod NOVEMBER = SlaPeriod.parse("2025-11");
    private static final Instant FROM = Instant.parse("2025-11-30T23:00:00Z");
    private static final Instant END = Instant.parse("2025-12-01T00:00:00Z");
    private static final String HOSTILE = "<script>alert(1)</script>";

    private final SlaNode node = SlaNode.at(
            "2025-11-30T23:00:00Z",
            builder ->
                    builder.reports(ReportStyle.standard().named("ACME & Sons").accented("#aa3300")));

    private void month(String subscription, int down) {
        node.slas.define(SlaDefinition.builder("gold")
                .objectives(SlaDefinition.enterprise().objectives())
                .credits(CreditPolicy.automatic(
                        List.of(CreditSchedule.of(SlaObjective.UPTIME, CreditStep.of("99.9", "10"))),
                        new BigDecimal("100")))
                .freezeAfter(Duration.ofMinutes(10))
                .build());
        node.slas.bind(SlaBinding.of(subscription, SlaNode.ADA, "gold", FROM));
        node.drive();
        node.slas.recordCharge(
                ServiceCharge.of("c", subscription, FROM, END, Money.of("100.00", "EUR"), Money.of("19.00", "EUR")));
        SlaRecorder recorder = node.slas.recorder(subscription);
        for (int minute = 0; minute < 75; minute++) {
            for (int i = 0; i < 20; i++) {
                recorder.record(SlaNode.MILLI, minute < down ? Outcome.BAD : Outcome.GOOD);
            }
            node.minute();
        }
    }

    private String text(String subscription, ReportFormat format) {
        return new String(
                node.slas.document(subscription, NOVEMBER, null, format).content(), UTF_8);
    }

    @Test
    @Tag("C49")
    @Tag("S33")
    void hostileNamesAreTextInAPageAndNoFormulaInATable() {
        node.slas.exclude(Exclusion.correction(
                ExclusionScope.subscription(HOSTILE), FROM, FROM.plusSeconds(60), "=1+1", "ops_1", node.now()));
        month(HOSTILE, 3);

        String page = text(HOSTILE, ReportFormat.HTML);
        assertThat(page).doesNotContain("<script").contains("&lt;script&gt;").contains("ACME &amp; Sons");
        assertThat(page).doesNotContain("http://").doesNotContain("https://").doesNotContain("src=");
        assertThat(page)
                .contains("prefers-color-scheme:dark")
                .contains("size:A4")
                .contains("#aa3300");
        assertThat(text(HOSTILE, ReportFormat.CSV)).contains(",'=1+1\r\n").contains("," + HOSTILE + ",");
        assertThat(List.of("=a", "+a", "-a", "@a", "\ta"))
                .allSatisfy(each -> assertThat(CsvReport.cell(each)).isEqualTo("'" + each));
        assertThat(CsvReport.cell("a\"b,c")).isEqualTo("\"a\"\"b,c\"");
        assertThat(CsvReport.cell("\r=1")).isEqualTo("\"'\r=1\"");
    }

    @Test
    @Tag("S33")
    @Tag("S57")
    void aPageSaysTheVerdictFirstAndExplainsItsWords() {
        month(SlaNode.SUB, 3);
        String page = text(SlaNode.SUB, ReportFormat.HTML);
        assertThat(page.getBytes(UTF_8).length).isLessThan(64 << 10);
        assertThat(page).contains("<h1>The service level was missed in 2025-11: uptime");
        assertThat(page.indexOf("<h1>")).isLessThan(page.indexOf("<table>"));
        assertThat(page).contains("10.00 EUR").contains("A gap is a minute").contains("Coverage is the share");
        assertThat(page).contains("The budget is").contains("A minute is short").contains("role=\"img\"");
        assertThat(page)
                .contains("2025-11-30: 3 min down")
                .contains("\u25bc")
                .doesNotContainPattern("\\b[SC][0-9]{1,2}\\b");
        ReportDocument stated = node.slas.document(SlaNode.SUB, NOVEMBER, 1, ReportFormat.STATEMENT);
        assertThat(page).contains(Names.sha256(stated.content()));
        assertThat(node.slas
                        .statements(SlaNode.SUB, dev.matrix.core.PageRequest.first(1))
                        .items()
                        .get(0)
                        .sha256())
                .isEqualTo(Names.sha256(stated.content()));
        assertThat(stated.fileName()).isEqualTo("sla-sub_7-2025-11-v1.json");
        assertThat(stated).isEqualTo(node.slas.document(SlaNode.SUB, NOVEMBER, null, ReportFormat.STATEMENT));
        assertThat(stated.toString()).contains("bytes of application/vnd.matrix.sla-statement+json");
        assertThatThrownBy(() -> node.slas.document(SlaNode.SUB, NOVEMBER, 2, ReportFormat.HTML))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    @Tag("S32")
    void aTableHasARowPerDayAndATotal() {
        month(SlaNode.SUB, 3);
        List<String> lines = text(SlaNode.SUB, ReportFormat.CSV).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("date,contract_minutes,observed_minutes,up_minutes,down_minutes,");
        assertThat(lines.get(1)).startsWith("2025-11-30,60,60,57,3,0,0,95.00,1200,60,5.00,");
        assertThat(lines.get(2)).startsWith("total,60,60,57,3,0,0,95.00,1200,60,5.00,");
    }

    @Test
    @Tag("S32")
    void theTotalIsTheSumOfItsDays() {
        SlaReport.ReportDay first =
                new SlaReport.ReportDay(LocalDate.parse("2025-11-01"), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        SlaReport.ReportDay second = new SlaReport.ReportDay(
                LocalDate.parse("2025-11-02"), 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_100, 1_200, 1_300);

        assertThat(first.plus(second))
                .isEqualTo(new SlaReport.ReportDay(
                        LocalDate.parse("2025-11-02"),
                        101,
                        202,
                        303,
                        404,
                        505,
                        606,
                        707,
                        808,
                        909,
                        1_010,
                        1_111,
                        1_212,
                        1_313));
    }

    @Test
    void aRunningPeriodIsProvisional() {
        node.bind("pro");
        node.minutes(5, 20, 0);
        String page = text(SlaNode.SUB, ReportFormat.HTML);
        assertThat(page).contains("provisional").contains("So far the service level is kept");
        assertThat(text(SlaNode.SUB, ReportFormat.JSON)).contains("\"provisional\":true");
        assertThatThrownBy(() ->
                        node.slas.ownedBy(SlaNode.ADA).document(SlaNode.SUB, NOVEMBER, null, ReportFormat.STATEMENT))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> ReportStyle.standard().accented("red;}")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> ReportStyle.standard().withLogo(new byte[] {1, 2, 3, 4, 5}))
                .isInstanceOf(InvalidRequestException.class);
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
        assertThat(new String(
                        HtmlReport.of(
                                node.slas.report(SlaNode.SUB, NOVEMBER),
                                null,
                                ReportStyle.standard().withLogo(png)),
                        UTF_8))
                .contains("src=\"data:image/png;base64,");
    }
}
