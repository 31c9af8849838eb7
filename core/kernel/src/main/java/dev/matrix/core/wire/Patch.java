package dev.matrix.core.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A member of a merge patch (RFC 7396): absent keeps what is stored, null clears it, a value replaces it. {@code Patch<@Nullable
 * String>} may be cleared; null for a {@code Patch<String>} is refused with 400.
 *
 * @param <T> the member's type, of the codec's vocabulary
 */
public final class Patch<T extends @Nullable Object> {

    private static final Patch<?> KEEP = new Patch<@Nullable Object>(false, null);

    private final boolean present;
    private final @Nullable T value;

    private Patch(boolean present, @Nullable T value) {
        this.present = present;
        this.value = value;
    }

    /** Absent: nothing changes. */
    @SuppressWarnings("unchecked")
    public static <T extends @Nullable Object> Patch<T> keep() {
        return (Patch<T>) KEEP;
    }

    /** A new value. */
    public static <T extends @Nullable Object> Patch<T> set(T value) {
        return new Patch<>(true, value);
    }

    /** Null: the value is cleared. */
    public static <T extends @Nullable Object> Patch<T> clear() {
        return new Patch<>(true, null);
    }

    /** Whether the request has the member, be it as null. */
    public boolean isPresent() {
        return present;
    }

    /** The value after the patch, null if cleared. */
    @SuppressWarnings("NullAway") // a T without null is never set to it: the codec refuses that
    public T applyTo(@Nullable T current) {
        return present ? value : current;
    }

    /** What {@link #applyTo} gives when it is present; null otherwise. */
    public @Nullable T value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Patch<?> that && present == that.present && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(present, value);
    }

    @Override
    public String toString() {
        return present ? "set " + value : "keep";
    }
}
