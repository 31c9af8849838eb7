package dev.matrix.analytics;

import dev.matrix.analytics.AnalyticsRequests.ChartPicture;
import dev.matrix.analytics.AnalyticsRequests.ChartText;
import dev.matrix.analytics.chart.ChartSpec;
import dev.matrix.analytics.chart.SvgOptions;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiContent;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** Operations that give kept charts in their formats. */
record ChartOperations(ApiArea area, StoredAnalytics analytics) {

    private static final String SVG = "image/svg+xml";
    private static final int ETAG_DIGITS = 32;

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get("/v1/analytics/charts/{id}.svg", ChartPicture.class, Reply.media(SVG)),
                                "getAnalyticsChart",
                                "Draws a kept chart.")
                        .etag(ChartOperations::etag)
                        .example("a chart", AnalyticsExamples.PICTURE, null)
                        .handle(this::picture),
                text(
                        "vl.json",
                        "getAnalyticsChartVegaLite",
                        "Gives a kept chart for Vega-Lite.",
                        "application/json",
                        ChartSpec::toVegaLite),
                text(
                        "echarts.json",
                        "getAnalyticsChartECharts",
                        "Gives a kept chart for ECharts.",
                        "application/json",
                        ChartSpec::toECharts),
                text(
                        "csv",
                        "getAnalyticsChartCsv",
                        "Gives a kept chart's values as CSV.",
                        "text/csv",
                        ChartSpec::toCsv),
                text(
                        "html",
                        "getAnalyticsChartHtml",
                        "Gives a kept chart's values as an HTML table.",
                        "text/html",
                        ChartSpec::toHtmlTable));
    }

    private Operation<?, ?> text(
            String ending, String id, String summary, String media, Function<ChartSpec, String> format) {
        return area.reading(
                        Operation.get("/v1/analytics/charts/{id}." + ending, ChartText.class, Reply.media(media)),
                        id,
                        summary)
                .etag(ChartOperations::etag)
                .example("a chart", new ChartText("cht_1"), null)
                .handle((q, context) -> content(media, format.apply(spec(q.id(), context)), context));
    }

    private ApiContent picture(ChartPicture q, ApiContext context) {
        return content(SVG, spec(q.id(), context).toSvg(new SvgOptions(q.width(), q.height(), q.theme())), context);
    }

    private ChartSpec spec(String id, ApiContext context) {
        return analytics
                .chart(id, ReportOperations.scope(context, null))
                .orElseThrow(() -> new NotFoundException("There is no chart " + id + ", or it has expired."))
                .spec();
    }

    private static ApiContent content(String media, String text, ApiContext context) {
        context.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        context.header("X-Content-Type-Options", "nosniff");
        return ApiContent.of(media, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String etag(ApiContent content) {
        byte[] bytes = content.body() instanceof ApiBody.Bytes body ? body.content() : new byte[0];
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, ETAG_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
