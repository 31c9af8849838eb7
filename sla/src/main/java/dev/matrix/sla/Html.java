package dev.matrix.sla;

import java.util.List;

/** Writes HTML: all text is escaped, whoever chose it. Not thread-safe. */
final class Html {

    private final StringBuilder out = new StringBuilder();

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Markup of this library's own. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** An element with text. */
    Html element(String tag, String text) {
        return raw("<" + tag + ">").text(text).raw("</" + tag + ">\n");
    }

    /** A row of a table: its first cell is its header. */
    Html row(List<String> cells) {
        raw("<tr><th scope=\"row\">").text(cells.get(0)).raw("</th>");
        cells.subList(1, cells.size()).forEach(cell -> raw("<td>").text(cell).raw("</td>"));
        return raw("</tr>\n");
    }

    /** A table's head. */
    Html head(List<String> columns) {
        raw("<thead><tr>");
        columns.forEach(column -> raw("<th scope=\"col\">").text(column).raw("</th>"));
        return raw("</tr></thead>\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
