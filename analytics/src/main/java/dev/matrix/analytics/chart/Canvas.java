package dev.matrix.analytics.chart;

import dev.matrix.analytics.chart.Theme.Palette;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes the elements of one SVG document. Not thread-safe. */
final class Canvas {

    /** About the mean width of a character at 12 pixels; nothing is placed by it more closely than that. */
    static final double CHARACTER = 6.6;

    static final int LONGEST_NAME = 40;
    private static final String[] DASHES = {"", "7 3", "2 3", "9 3 2 3"};
    private static final String DASHED = "5 4";
    private static final int TITLE_LEFT = 16;
    private static final int TITLE_TOP = 24;

    record Spot(double x, double y) {}

    private final ChartSpec spec;
    private final SvgOptions options;
    private final StringBuilder out = new StringBuilder(8_192);

    Canvas(ChartSpec spec, SvgOptions options) {
        this.spec = spec;
        this.options = options;
    }

    int width() {
        return options.width();
    }

    int height() {
        return options.height();
    }

    void open() {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"t d\" width=\"")
                .append(options.width())
                .append("\" height=\"")
                .append(options.height())
                .append("\" viewBox=\"0 0 ")
                .append(options.width())
                .append(' ')
                .append(options.height())
                .append("\">\n<title id=\"t\">")
                .append(Xml.text(spec.title()))
                .append("</title>\n<desc id=\"d\">")
                .append(Xml.text(spec.description()))
                .append("</desc>\n");
        style();
        out.append("<rect class=\"bg\" width=\"100%\" height=\"100%\"/>\n");
        int fitting = (int) ((options.width() - 2 * TITLE_LEFT) / (CHARACTER * 1.25));
        text("title", new Spot(TITLE_LEFT, TITLE_TOP), "start", shortened(spec.title(), fitting));
    }

    String close() {
        return out.append("</svg>\n").toString();
    }

    private void style() {
        out.append("<style>text{font:12px system-ui,sans-serif}.title{font-size:15px;font-weight:600}")
                .append(".head{font-weight:600}")
                .append("path,.ln{fill:none;stroke-width:2}.grid{stroke-width:1}.band{stroke:none;fill-opacity:.22}");
        switch (options.theme()) {
            case LIGHT -> palette(Theme.ON_WHITE);
            case DARK -> palette(Theme.ON_BLACK);
            case AUTO -> {
                palette(Theme.ON_WHITE);
                out.append("@media (prefers-color-scheme:dark){");
                palette(Theme.ON_BLACK);
                out.append('}');
            }
        }
        out.append("</style>\n<defs><pattern id=\"p\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"")
                .append(" patternTransform=\"rotate(45)\"><line class=\"grid\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/>")
                .append("</pattern>");
        // Patterns that tell fills apart without colour, drawn over them in the background's colour.
        pattern("f1", "<line class=\"over\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"8\"/>", 45);
        pattern("f2", "<line class=\"over\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"8\"/>", -45);
        pattern("f3", "<circle class=\"dot\" cx=\"4\" cy=\"4\" r=\"1.4\"/>", 0);
        out.append("</defs>\n");
    }

    private void pattern(String id, String content, int angle) {
        out.append("<pattern id=\"")
                .append(id)
                .append("\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(")
                .append(angle)
                .append(")\">")
                .append(content)
                .append("</pattern>");
    }

    private void palette(Palette palette) {
        out.append(".bg,.dot{fill:")
                .append(palette.background())
                .append("}.over{stroke-width:2;stroke:")
                .append(palette.background())
                .append("}text{fill:")
                .append(palette.text())
                .append("}.grid{stroke:")
                .append(palette.grid())
                .append("}.axis{stroke-width:1;stroke:")
                .append(palette.text())
                .append('}');
        for (int i = 0; i < palette.lines().size(); i++) {
            String colour = palette.lines().get(i);
            out.append(".s").append(i).append("{stroke:").append(colour).append('}');
            out.append(".m").append(i).append("{fill:").append(colour).append('}');
        }
    }

    static int colour(int index) {
        return index % Theme.ON_WHITE.lines().size();
    }

    static String dash(int index, boolean dashed) {
        String dash = dashed ? DASHED : DASHES[index % DASHES.length];
        return dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + '"';
    }

    /** An open path with a series' colour and dash. */
    void stroke(int index, boolean dashed, String data) {
        out.append("<path class=\"s")
                .append(colour(index))
                .append('"')
                .append(dash(index, dashed))
                .append(" d=\"")
                .append(data)
                .append("\"/>\n");
    }

    /** A see-through area in a series' colour. */
    void band(int index, String data) {
        out.append("<path class=\"band m")
                .append(colour(index))
                .append("\" d=\"")
                .append(data)
                .append("\"/>\n");
    }

    /** A filled shape in a series' colour, with its pattern. */
    void fill(int index, String data) {
        out.append("<path class=\"m")
                .append(colour(index))
                .append("\" style=\"stroke:none\" d=\"")
                .append(data)
                .append("\"/>\n");
        if (index % 4 != 0) {
            out.append("<path style=\"stroke:none;fill:url(#f")
                    .append(index % 4)
                    .append(")\" d=\"")
                    .append(data)
                    .append("\"/>\n");
        }
    }

    /** A series' marker. */
    void mark(int index, Spot at) {
        String shape = switch (index % 4) {
            case 0 -> "M-3.2 0A3.2 3.2 0 1 0 3.2 0A3.2 3.2 0 1 0 -3.2 0Z";
            case 1 -> "M-3-3H3V3H-3Z";
            case 2 -> "M0-4L4 3H-4Z";
            default -> "M0-4L4 0L0 4L-4 0Z";
        };
        out.append("<path class=\"m")
                .append(colour(index))
                .append("\" style=\"stroke:none\" d=\"")
                .append(shape)
                .append("\" transform=\"translate(")
                .append(number(at.x()))
                .append(' ')
                .append(number(at.y()))
                .append(")\"/>\n");
    }

    void hatched(double x, double y, double width, double height) {
        out.append("<rect fill=\"url(#p)\" x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" width=\"")
                .append(number(width))
                .append("\" height=\"")
                .append(number(height))
                .append("\"/>\n");
    }

    void line(String style, Spot from, Spot to, String more) {
        out.append("<line class=\"")
                .append(style)
                .append("\" x1=\"")
                .append(number(from.x()))
                .append("\" y1=\"")
                .append(number(from.y()))
                .append("\" x2=\"")
                .append(number(to.x()))
                .append("\" y2=\"")
                .append(number(to.y()))
                .append('"')
                .append(more)
                .append("/>\n");
    }

    void text(String style, Spot at, String anchor, String text) {
        out.append("<text x=\"")
                .append(number(at.x()))
                .append("\" y=\"")
                .append(number(at.y()))
                .append('"');
        if (!style.isEmpty()) {
            out.append(" class=\"").append(style).append('"');
        }
        out.append(" text-anchor=\"")
                .append(anchor)
                .append("\">")
                .append(Xml.text(text))
                .append("</text>\n");
    }

    static double textWidth(String text) {
        return CHARACTER * text.codePointCount(0, text.length());
    }

    /** At most so many characters, the last one an ellipsis if some were cut off. */
    static String shortened(String text, int longest) {
        int most = Math.max(1, longest);
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** One decimal, the same on every platform. */
    static String number(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }
}
