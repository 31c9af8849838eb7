package dev.matrix.sla;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.StorableText;
import dev.matrix.core.money.Money;
import dev.matrix.sla.SlaReport.ReportDay;
import dev.matrix.sla.SlaReport.ReportObjective;
import dev.matrix.sla.SlaReport.ReportSegment;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report as one self-contained page: no script, nothing loaded. Legible in light and dark, and on A4. */
final class HtmlReport {

    private static final String BUNDLE = "dev.matrix.sla.report";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final int MOST_ROWS = 50;
    private static final int LONGEST_REASON = 200;
    private static final int BAR = 18;
    private static final int STEP = 22;
    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--faint:#57606a;--line:#c9d1d9;--up:#2f7d46;--down:#b3261e}
            @media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--paper:#15181d;--faint:#a9b1bc;--line:#3d444d;--up:#58b877;\
            --down:#ff8a80}}
            @media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--faint:#333;--line:#999;--up:#2f7d46;--down:#b3261e}\
            main{padding:0;max-width:none}}
            @page{size:A4;margin:16mm}
            body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
            main{max-width:46rem;margin:0 auto;padding:2rem 1rem}
            header{border-top:6px solid var(--accent);padding-top:1rem}
            header img{max-height:48px}
            h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
            h2{font-size:1.1rem;margin:1.75rem 0 .5rem;break-after:avoid}
            table{border-collapse:collapse;width:100%;font-size:.9rem}
            th,td{text-align:left;vertical-align:top;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line)}
            td{overflow-wrap:break-word}thead th{white-space:nowrap}
            th{font-weight:600}tr{break-inside:avoid}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0}
            dt,.faint{color:var(--faint)}dd{margin:0;overflow-wrap:anywhere}
            svg{width:100%;height:auto;max-width:44rem}svg text{fill:var(--ink);font-size:9px}
            .u{fill:var(--up)}.d{fill:url(#h)}.g{fill:none;stroke:var(--faint)}
            """;

    private final SlaReport report;
    private final @Nullable String sha256;
    private final ReportStyle style;
    private final ResourceBundle words;
    private final Html out = new Html();

    private HtmlReport(SlaReport report, @Nullable String sha256, ReportStyle style) {
        this.report = report;
        this.sha256 = sha256;
        this.style = style;
        this.words = ResourceBundle.getBundle(
                BUNDLE,
                style.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
    }

    /** @param sha256 of the statement's bytes; null while the report is provisional */
    static byte[] of(SlaReport report, @Nullable String sha256, ReportStyle style) {
        HtmlReport page = new HtmlReport(report, sha256, style);
        page.write();
        return page.out.toString().getBytes(UTF_8);
    }

    private String word(String key, Object... values) {
        return new MessageFormat(words.getString(key), style.locale()).format(values);
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(report.zone()));
    }

    private void write() {
        out.raw("<!DOCTYPE html>\n<html lang=\"" + Html.escaped(style.locale().toLanguageTag()) + "\">\n<head>\n")
                .raw("<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                        + "style-src 'unsafe-inline'; img-src data:\">\n")
                .element("title", word("title") + " " + report.subscriptionId() + " " + report.period())
                .raw("<style>\n" + STYLE + ":root{--accent:" + style.accent()
                        + "}\n</style>\n</head>\n<body>\n<main>\n");
        header();
        objectives();
        days();
        table(
                "incidents",
                List.of("from", "to", "minutes"),
                report.incidents(),
                each -> List.of(time(each.from()), time(each.to()), minutes(each.from(), each.to())));
        table(
                "exclusions",
                List.of("from", "to", "honoured", "reason", "whyNot"),
                report.exclusions(),
                each -> List.of(
                        time(each.from()),
                        time(each.to()),
                        Integer.toString(each.honouredMinutes()),
                        StorableText.shortened(each.reason(), LONGEST_REASON),
                        each.notHonoured() == null ? "" : each.notHonoured()));
        table(
                "gaps",
                List.of("from", "to", "minutes"),
                report.coverage().gaps(),
                each -> List.of(time(each.from()), time(each.to()), minutes(each.from(), each.to())));
        table(
                "credits",
                List.of("amount", "tax", "base", "percent", "why"),
                report.credits(),
                each -> List.of(
                        money(each.amount()),
                        money(each.tax()),
                        money(each.base()),
                        each.percent().stripTrailingZeros().toPlainString(),
                        each.capped() == null ? "" : each.capped()));
        method();
        out.raw("</main>\n</body>\n</html>\n");
    }

    private void header() {
        out.raw("<header>\n");
        if (style.logo() != null) {
            out.raw("<img alt=\"\" src=\"" + style.logo() + "\">\n");
        }
        out.raw("<p class=\"faint\">").text(style.name()).raw("</p>\n");
        out.element("h1", sentence()).raw("<dl>\n");
        entry("subscription", report.subscriptionId());
        entry("tier", report.tier());
        entry("period", time(report.from()) + " \u2013 " + time(report.to()));
        entry("zone", report.zone().getId());
        entry("version", report.provisional() ? word("provisional") : Integer.toString(report.version()));
        if (sha256 != null) {
            entry("hash", sha256);
        }
        out.raw("</dl>\n</header>\n");
    }

    private void entry(String key, String value) {
        out.raw("<dt>").text(word(key)).raw("</dt><dd>").text(value).raw("</dd>\n");
    }

    private String sentence() {
        String missed = report.segments().stream()
                .flatMap(segment -> segment.objectives().stream())
                .filter(each -> each.state() == ComplianceState.BREACHED)
                .map(each -> word("objective." + Words.of(each.kind())).toLowerCase(style.locale()))
                .distinct()
                .collect(Collectors.joining(", "));
        boolean so = report.provisional();
        return switch (report.state()) {
            case NO_DATA -> word(so ? "soFarNoData" : "noData", report.period());
            case BREACHED -> word(so ? "soFarMissed" : "missed", report.period(), missed);
            default -> word(so ? "soFarKept" : "kept", report.period());
        };
    }

    private void objectives() {
        out.element("h2", word("objectives"));
        for (ReportSegment segment : report.segments()) {
            if (report.segments().size() > 1) {
                out.element(
                        "p",
                        word(
                                "part",
                                time(segment.from()),
                                time(segment.to()),
                                segment.tier(),
                                segment.definitionVersion()));
            }
            out.raw("<table>").head(columns("objective", "promised", "delivered", "verdict", "budgetLeft"));
            segment.objectives().forEach(this::objective);
            out.raw("</table>\n");
        }
    }

    private void objective(ReportObjective each) {
        out.row(List.of(
                word("objective." + Words.of(each.kind())) + " (" + each.statistic() + ")",
                each.target().toPlainString() + " %",
                each.attainment() == null ? "\u2013" : each.attainment().toPlainString() + " %",
                word("state." + Words.of(each.state())),
                each.budgetRemaining() == null
                        ? "\u2013"
                        : each.budgetRemaining().toPlainString() + " %"));
    }

    private List<String> columns(String... keys) {
        return List.of(keys).stream().map(this::word).toList();
    }

    /** A bar per day; shape and mark tell what colour tells too. */
    private void days() {
        List<ReportDay> days = report.days();
        long down = days.stream().filter(day -> day.down() > 0).count();
        long gaps = days.stream().filter(day -> day.gap() > 0).count();
        String summary = word("daysText", days.size(), days.size() - down, down, gaps);
        out.element("h2", word("days")).element("p", summary);
        if (days.isEmpty()) {
            return;
        }
        out.raw("<svg role=\"img\" viewBox=\"0 0 " + Math.max(31, days.size()) * STEP + " 70\" aria-label=\"")
                .text(summary)
                .raw("\"><defs><pattern id=\"h\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
                        + "patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" fill=\"var(--paper)\"/>"
                        + "<rect width=\"3\" height=\"5\" fill=\"var(--down)\"/></pattern></defs>\n");
        for (int i = 0; i < days.size(); i++) {
            bar(days.get(i), i * STEP);
        }
        out.raw("</svg>\n<p class=\"faint\">").text(word("legend")).raw("</p>\n");
        String list = days.stream()
                .filter(day -> day.down() > 0)
                .limit(MOST_ROWS)
                .map(day -> word("dayDown", day.date(), day.down()))
                .collect(Collectors.joining("; "));
        if (!list.isEmpty()) {
            out.element("p", list);
        }
    }

    private void bar(ReportDay day, int x) {
        boolean down = day.down() > 0;
        boolean measured = day.up() + day.down() > 0;
        String what = down ? "dayDown" : measured ? "dayUp" : "dayGap";
        out.raw("<g><title>")
                .text(word(what, day.date(), down ? day.down() : day.gap()))
                .raw("</title>");
        out.raw("<rect class=\"" + (down ? "d" : measured ? "u" : "g") + "\" x=\"" + (x + 2) + "\" y=\"14\" width=\""
                + BAR + "\" height=\"40\" rx=\"2\"/>");
        if (down) {
            out.raw("<text x=\"" + (x + 7) + "\" y=\"10\">\u25bc</text>");
        }
        out.raw("<text x=\"" + (x + 6) + "\" y=\"66\">" + day.date().getDayOfMonth() + "</text></g>\n");
    }

    private <T> void table(String name, List<String> columns, List<T> rows, Function<T, List<String>> cells) {
        out.element("h2", word(name));
        if (rows.isEmpty()) {
            out.element("p", word("none"));
            return;
        }
        out.raw("<table>").head(columns.stream().map(this::word).toList());
        rows.stream().limit(MOST_ROWS).map(cells).forEach(out::row);
        out.raw("</table>\n");
        if (rows.size() > MOST_ROWS) {
            out.element("p", word("more", rows.size() - MOST_ROWS));
        }
    }

    private static String minutes(Instant from, Instant to) {
        return Long.toString(Duration.between(from, to).toMinutes());
    }

    private static String money(Money money) {
        return money.amount().toPlainString() + " " + money.currency().code();
    }

    private void method() {
        out.element("h2", word("method")).raw("<ul>\n");
        out.element("li", word("methodGap"));
        out.element("li", word("methodCoverage", report.coverage().percent().toPlainString()));
        out.element("li", word("methodBudget"));
        out.element("li", word("methodShort"));
        out.element("li", word("methodRounding"));
        out.raw("</ul>\n");
    }
}
