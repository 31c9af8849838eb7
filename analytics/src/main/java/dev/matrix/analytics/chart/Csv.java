package dev.matrix.analytics.chart;

import java.util.List;

/** CSV as RFC 4180 has it, safe to open in a spreadsheet. */
public final class Csv {

    private static final String FORMULA = "=+-@＝＋－＠";

    private Csv() {}

    /**
     * A text as a cell. One that a spreadsheet could take for a formula, after white space too, gets an apostrophe before it, as
     * does one that begins with a tab or a carriage return.
     */
    public static String text(String text) {
        String trimmed = text.stripLeading();
        boolean risky = (!trimmed.isEmpty() && FORMULA.indexOf(trimmed.codePointAt(0)) >= 0)
                || text.startsWith("\t")
                || text.startsWith("\r");
        return quoted(risky ? "'" + text : text);
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    /** Cells that are ready as one row, with its line end. */
    public static String row(List<String> cells) {
        return String.join(",", cells) + "\r\n";
    }
}
