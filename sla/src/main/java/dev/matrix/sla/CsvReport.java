package dev.matrix.sla;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.sla.SlaReport.ReportDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/** A report as CSV (RFC 4180): what spreadsheets take for formulas is written as text. Pure. */
final class CsvReport {

    private static final List<String> HEADER = List.of(
            "date",
            "contract_minutes",
            "observed_minutes",
            "up_minutes",
            "down_minutes",
            "excluded_minutes",
            "gap_minutes",
            "uptime_percent",
            "valid_requests",
            "bad_requests",
            "error_percent",
            "slow_requests",
            "demand_minutes",
            "short_minutes",
            "rejected_requests",
            "throttled_requests",
            "subscription",
            "exclusions");
    private static final String FORMULA = "=+-@\t\r";

    private CsvReport() {}

    static byte[] of(SlaReport report) {
        StringBuilder out = new StringBuilder();
        row(out, HEADER);
        ReportDay total = null;
        for (ReportDay day : report.days()) {
            row(out, cells(day.date().toString(), day, report.subscriptionId(), exclusions(report, day.date())));
            total = total == null ? day : total.plus(day);
        }
        if (total != null) {
            row(out, cells("total", total, report.subscriptionId(), ""));
        }
        return out.toString().getBytes(UTF_8);
    }

    private static List<String> cells(String date, ReportDay day, String subscription, String exclusions) {
        return List.of(
                date,
                Long.toString(day.contract()),
                Long.toString(day.observed()),
                Long.toString(day.up()),
                Long.toString(day.down()),
                Long.toString(day.excluded()),
                Long.toString(day.gap()),
                good(day.down(), day.up() + day.down()),
                Long.toString(day.valid()),
                Long.toString(day.bad()),
                bad(day.bad(), day.valid()),
                Long.toString(day.slow()),
                Long.toString(day.demand()),
                Long.toString(day.shortMinutes()),
                Long.toString(day.rejected()),
                Long.toString(day.throttled()),
                subscription,
                exclusions);
    }

    /** Percent, rounded towards the worse side; empty without anything to judge. */
    private static String good(long bad, long total) {
        return total == 0
                ? ""
                : Tally.of(bad, total).attainment(Requirements.HUNDRED).toPlainString();
    }

    private static String bad(long bad, long total) {
        return total == 0
                ? ""
                : Requirements.HUNDRED
                        .subtract(Tally.of(bad, total).attainment(Requirements.HUNDRED))
                        .toPlainString();
    }

    private static String exclusions(SlaReport report, LocalDate day) {
        ZoneId zone = report.zone();
        Instant from = day.atStartOfDay(zone).toInstant();
        Instant to = day.plusDays(1).atStartOfDay(zone).toInstant();
        return report.exclusions().stream()
                .filter(each -> each.from().isBefore(to) && each.to().isAfter(from))
                .map(ExcludedTime::reason)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static void row(StringBuilder out, List<String> cells) {
        out.append(cells.stream().map(CsvReport::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    static String cell(String text) {
        String plain = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return plain.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? '"' + plain.replace("\"", "\"\"") + '"'
                : plain;
    }
}
