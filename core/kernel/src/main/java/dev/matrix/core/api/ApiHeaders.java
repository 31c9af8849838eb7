package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header lines in their order; names are looked up without regard to case, and one name may have several lines. Immutable. */
public final class ApiHeaders {

    private static final ApiHeaders EMPTY = new ApiHeaders(List.of());

    private final List<Line> lines;

    private ApiHeaders(List<Line> lines) {
        this.lines = lines;
    }

    /** One line. */
    public record Line(String name, String value) {

        public Line {
            requireNonNull(name, "name");
            requireNonNull(value, "value");
        }
    }

    /** No lines. */
    public static ApiHeaders empty() {
        return EMPTY;
    }

    /** These lines. */
    public static ApiHeaders of(List<Line> lines) {
        return new ApiHeaders(List.copyOf(lines));
    }

    /** Names and values in turn, for tests and small sets. */
    public static ApiHeaders of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("Each header's name is followed by its value.");
        }
        Line[] lines = new Line[namesAndValues.length / 2];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Line(namesAndValues[2 * i], namesAndValues[2 * i + 1]);
        }
        return new ApiHeaders(List.of(lines));
    }

    /** All lines in their order. */
    public List<Line> lines() {
        return lines;
    }

    /** The value of the first line of that name; null if there is none. */
    public @Nullable String first(String name) {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.name().equalsIgnoreCase(name)) {
                return line.value();
            }
        }
        return null;
    }

    /** The value of the one line of that name; null if there is none, or several. */
    @Nullable
    String only(String name) {
        String only = null;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).name().equalsIgnoreCase(name)) {
                if (only != null) {
                    return null;
                }
                only = lines.get(i).value();
            }
        }
        return only;
    }

    /** The values of every line of that name, in their order. */
    public List<String> all(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(Line::value)
                .toList();
    }

    /** These lines and one more. */
    public ApiHeaders with(String name, String value) {
        List<Line> more = new ArrayList<>(lines);
        more.add(new Line(name, value));
        return of(more);
    }

    /** The names alone: values can be secret. */
    @Override
    public String toString() {
        return lines.stream().map(Line::name).toList().toString();
    }
}
