package dev.matrix.core.api;

import dev.matrix.core.api.Schema.Format;
import dev.matrix.core.api.Schema.Real;
import dev.matrix.core.api.Schema.Text;
import dev.matrix.core.api.Schema.Whole;
import dev.matrix.core.wire.Int64;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Pattern;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Secret;
import dev.matrix.core.wire.Size;
import java.lang.reflect.AnnotatedElement;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The bounds that a component's annotations set; on a list they hold for its elements, except for {@link Size}. */
record Bounds(
        @Nullable Length length,
        @Nullable Range range,
        @Nullable Size size,
        @Nullable Pattern pattern,
        boolean int64,
        boolean secret) {

    static final Bounds NONE = new Bounds(null, null, null, null, false, false);

    static Bounds of(AnnotatedElement component) {
        return new Bounds(
                component.getAnnotation(Length.class),
                component.getAnnotation(Range.class),
                component.getAnnotation(Size.class),
                component.getAnnotation(Pattern.class),
                component.isAnnotationPresent(Int64.class),
                component.isAnnotationPresent(Secret.class));
    }

    int minSize() {
        return size == null ? 0 : size.min();
    }

    int maxSize(int preset) {
        return size == null ? preset : size.max();
    }

    Schema applyTo(Schema scalar, String where, Faults faults) {
        if (scalar instanceof Text text) {
            return text(text, where, faults);
        }
        if (scalar instanceof Whole whole) {
            if (int64) {
                return ScalarSchemas.INT64;
            }
            return range == null ? whole : narrowed(range, whole);
        }
        if (scalar instanceof Real real && range != null) {
            return new Real(
                    range.min() == Long.MIN_VALUE ? real.min() : range.min(),
                    range.max() == Long.MAX_VALUE ? real.max() : range.max());
        }
        return scalar;
    }

    private static Whole narrowed(Range range, Whole whole) {
        long least = Math.max(range.min(), whole.min());
        long most = Math.min(range.max(), whole.max());
        return new Whole(least, most);
    }

    private Schema text(Text text, String where, Faults faults) {
        if (text.format() != null
                && (length == null || (text.format() != Format.URI && text.format() != Format.BASE64))) {
            return text;
        }
        String regex = text.pattern();
        if (pattern != null) {
            regex = anchored(pattern.value());
            try {
                java.util.regex.Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                faults.add(where, "its @Pattern isn't a regular expression: " + e.getDescription());
                regex = null;
            }
        }
        return new Text(
                length == null ? text.minLength() : length.min(),
                length == null ? text.maxLength() : length.max(),
                regex,
                secret ? Format.PASSWORD : text.format());
    }

    private static String anchored(String regex) {
        return regex.startsWith("^") && regex.endsWith("$") ? regex : "^(" + regex + ")$";
    }
}
