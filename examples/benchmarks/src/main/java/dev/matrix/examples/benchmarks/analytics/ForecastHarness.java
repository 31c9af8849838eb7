package dev.matrix.examples.benchmarks.analytics;

import dev.matrix.analytics.forecast.Accuracy;
import dev.matrix.analytics.forecast.Forecast;
import dev.matrix.analytics.forecast.ForecastOptions;
import dev.matrix.analytics.forecast.Forecaster;
import dev.matrix.analytics.forecast.TimeSeries;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Scores forecasters on the series of a CSV file, one per line: id, period, horizon and the values, oldest first. The last values, as many
 * as the horizon, are held back. Series that one model fails on count as failed, for all.
 */
public final class ForecastHarness {

    private static final double LEVEL = 0.95;
    private static final double NANOS = 1e9;

    /** One line of the file. */
    record Line(String id, int period, int horizon, double[] values) {

        static Line of(String text) {
            String[] cells = text.split(",");
            double[] values = Arrays.stream(cells)
                    .skip(3)
                    .map(String::strip)
                    .filter(cell -> !cell.isEmpty())
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Line(
                    cells[0].strip(), Integer.parseInt(cells[1].strip()), Integer.parseInt(cells[2].strip()), values);
        }

        TimeSeries history() {
            return TimeSeries.of(Arrays.copyOf(values, values.length - horizon), period);
        }

        double[] actual() {
            return Arrays.copyOfRange(values, values.length - horizon, values.length);
        }
    }

    private static final class Score {
        private double smape;
        private double mase;
        private double msis;
        private double coverage;
        private int scaled;
        private int count;
        private long nanos;
    }

    private ForecastHarness() {}

    public static void main(String[] arguments) throws IOException {
        Options options = Options.of(arguments, Set.of("file", "models"));
        String file = options.text("file", "");
        List<Line> lines = file.isEmpty() ? made() : read(Path.of(file));
        List<String> wanted = List.of(
                options.text("models", String.join(",", models().keySet())).split(","));
        System.out.println(Machine.facts());
        System.out.println(lines.size() + " series");
        System.out.println("model            sMAPE    MASE  sMAPE/N2  MASE/N2    OWA    MSIS  coverage  series/s");
        Score naive = score(Forecaster.naive2(), lines);
        for (String name : wanted) {
            Forecaster model = models().get(name);
            if (model == null) {
                throw new IllegalArgumentException(name + " is no model; those are " + models().keySet() + ".");
            }
            print(name, score(model, lines), naive);
        }
    }

    private static Map<String, Forecaster> models() {
        Map<String, Forecaster> models = new LinkedHashMap<>();
        models.put("naive2", Forecaster.naive2());
        models.put("seasonalNaive", Forecaster.seasonalNaive());
        models.put("ses", Forecaster.ses());
        models.put("dampedHolt", Forecaster.dampedHolt());
        models.put("theta", Forecaster.theta());
        models.put("autoEts", Forecaster.autoEts());
        models.put("auto", Forecaster.auto());
        return models;
    }

    private static List<Line> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Line::of)
                .filter(line -> line.values().length > line.horizon() + line.period() + 1)
                .toList();
    }

    /** Monthly series with trend, season, level shifts and noise, always the same. */
    private static List<Line> made() {
        Random random = new Random(1);
        List<Line> lines = new ArrayList<>();
        for (int s = 0; s < 100; s++) {
            double[] values = new double[72];
            double level = 500 + random.nextInt(5_000);
            double slope = level * (random.nextDouble() - 0.3) / 60;
            double season = random.nextDouble() * 0.3;
            for (int i = 0; i < values.length; i++) {
                slope *= 0.98;
                level += slope + level * 0.02 * random.nextGaussian();
                values[i] = Math.max(1, level)
                        * (1 + season * Math.sin(2 * Math.PI * i / 12) + 0.02 * random.nextGaussian());
            }
            lines.add(new Line("made_" + s, 12, 12, values));
        }
        return lines;
    }

    private static Score score(Forecaster model, List<Line> lines) {
        Score score = new Score();
        for (Line line : lines) {
            TimeSeries history = line.history();
            long start = System.nanoTime();
            Forecast forecast = model.forecast(history, line.horizon(), ForecastOptions.defaults());
            score.nanos += System.nanoTime() - start;
            double[] points = new double[line.horizon()];
            double[] lower = new double[line.horizon()];
            double[] upper = new double[line.horizon()];
            for (int h = 1; h <= line.horizon(); h++) {
                points[h - 1] = forecast.point(h);
                lower[h - 1] = forecast.lower(LEVEL, h);
                upper[h - 1] = forecast.upper(LEVEL, h);
            }
            score.count++;
            score.smape += Accuracy.smape(line.actual(), points);
            score.coverage += Accuracy.coverage(line.actual(), lower, upper);
            double mase = Accuracy.mase(history.values(), line.actual(), points, line.period());
            // A history that repeats exactly has no scale.
            if (Double.isFinite(mase)) {
                score.scaled++;
                score.mase += mase;
                score.msis += Accuracy.msis(history.values(), line.actual(), lower, upper, LEVEL, line.period());
            }
        }
        return score;
    }

    private static void print(String name, Score score, Score naive) {
        double smape = score.smape / score.count;
        double mase = score.mase / score.scaled;
        double naiveSmape = naive.smape / naive.count;
        double naiveMase = naive.mase / naive.scaled;
        System.out.printf(
                Locale.ROOT,
                "%-14s %7.3f %7.3f %9.3f %8.3f %6.3f %7.2f %9.3f %9.0f%n",
                name,
                smape,
                mase,
                smape / naiveSmape,
                mase / naiveMase,
                Accuracy.owa(smape, mase, naiveSmape, naiveMase),
                score.msis / score.scaled,
                score.coverage / score.count,
                score.count / (score.nanos / NANOS));
    }
}
