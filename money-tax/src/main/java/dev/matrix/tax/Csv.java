package dev.matrix.tax;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the shipped tables: a header line, then rows without quotes. */
final class Csv {

    /** One row by its columns' names. */
    record Row(Map<String, String> values) {

        /** The value; empty where the cell is. */
        String get(String column) {
            String value = values.get(column);
            if (value == null) {
                throw new IllegalStateException("There is no column " + column + " in " + values.keySet() + ".");
            }
            return value;
        }

        @Nullable
        String orNull(String column) {
            String value = get(column);
            return value.isEmpty() ? null : value;
        }

        @Nullable
        LocalDate day(String column) {
            String value = get(column);
            return value.isEmpty() ? null : LocalDate.parse(value);
        }

        Confidence confidence() {
            return Confidence.valueOf(get("confidence").toUpperCase(Locale.ROOT));
        }
    }

    private Csv() {}

    static List<Row> read(String resource) {
        InputStream in = Csv.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("The table " + resource + " is missing from the jar.");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().toList();
            String[] columns = lines.get(0).split(",", -1);
            return lines.stream()
                    .skip(1)
                    .map(line -> row(columns, line, resource))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String[] columns, String line, String resource) {
        String[] cells = line.split(",", -1);
        if (cells.length != columns.length) {
            throw new IllegalStateException(resource + " has a row of " + cells.length + " cells: " + line);
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            values.put(columns[i], cells[i]);
        }
        return new Row(values);
    }
}
