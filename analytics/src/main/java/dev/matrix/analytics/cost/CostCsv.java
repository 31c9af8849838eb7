package dev.matrix.analytics.cost;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An analysis's recommendations as CSV (RFC 4180), one line each. */
final class CostCsv {

    private static final String END = "\r\n";
    private static final List<String> COLUMNS = List.of(
            "id",
            "type",
            "severity",
            "status",
            "subject",
            "target",
            "currency",
            "currentMonthlyCost",
            "projectedMonthlyCost",
            "monthlySavings",
            "confidence",
            "leads");

    private CostCsv() {}

    static String of(CostAnalysis analysis) {
        return Stream.concat(
                        Stream.of(COLUMNS), analysis.recommendations().stream().map(CostCsv::cells))
                .map(line -> line.stream().map(CostCsv::cell).collect(Collectors.joining(",")) + END)
                .collect(Collectors.joining());
    }

    private static List<String> cells(Recommendation it) {
        Advice advice = it.advice();
        return List.of(
                it.id(),
                Documents.word(advice.type()),
                Documents.word(it.severity()),
                Documents.word(it.status()),
                advice.subject(),
                advice.action().target(),
                it.savings().currency().code(),
                advice.currentMonthlyCost().amount().toPlainString(),
                advice.projectedMonthlyCost().amount().toPlainString(),
                it.savings().amount().toPlainString(),
                Documents.word(advice.confidence()),
                Boolean.toString(it.leads()));
    }

    /** A cell that a spreadsheet would run as a formula is led by an apostrophe. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
