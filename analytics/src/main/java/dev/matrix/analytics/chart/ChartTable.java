package dev.matrix.analytics.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a chart as text tables. */
final class ChartTable {

    private ChartTable() {}

    private static List<List<String>> rows(ChartSpec spec, boolean forPeople) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < spec.labels().size(); i++) {
            List<String> row = new ArrayList<>();
            row.add(spec.labels().get(i).label());
            for (ChartSeries series : spec.series()) {
                ChartPoint point = series.points().get(i);
                row.add(number(point.value(), spec, forPeople));
                if (hasBand(series)) {
                    row.add(number(point.lower(), spec, forPeople));
                    row.add(number(point.upper(), spec, forPeople));
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static String number(@Nullable BigDecimal value, ChartSpec spec, boolean forPeople) {
        if (value == null) {
            return "";
        }
        return forPeople ? ValueAxis.exact(value, spec) : value.toPlainString();
    }

    private static boolean hasBand(ChartSeries series) {
        return series.points().stream().anyMatch(point -> point.lower() != null);
    }

    private static List<String> columns(ChartSpec spec) {
        List<String> columns = new ArrayList<>(List.of("bucket"));
        for (ChartSeries series : spec.series()) {
            columns.add(series.name());
            if (hasBand(series)) {
                columns.add(series.name() + " lower");
                columns.add(series.name() + " upper");
            }
        }
        return columns;
    }

    static String csv(ChartSpec spec) {
        StringBuilder out = new StringBuilder();
        out.append(Csv.row(columns(spec).stream().map(Csv::text).toList()));
        for (List<String> row : rows(spec, false)) {
            List<String> cells = new ArrayList<>(row);
            cells.set(0, Csv.text(row.get(0)));
            out.append(Csv.row(cells));
        }
        return out.toString();
    }

    static String html(ChartSpec spec) {
        StringBuilder out = new StringBuilder("<table>\n<caption>")
                .append(Xml.text(spec.title()))
                .append("</caption>\n<thead><tr>");
        columns(spec)
                .forEach(column -> out.append("<th scope=\"col\">")
                        .append(Xml.text(column))
                        .append("</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows(spec, true)) {
            out.append("<tr><th scope=\"row\">").append(Xml.text(row.get(0))).append("</th>");
            row.subList(1, row.size())
                    .forEach(value -> out.append("<td>").append(Xml.text(value)).append("</td>"));
            out.append("</tr>\n");
        }
        return out.append("</tbody>\n</table>\n").toString();
    }
}
