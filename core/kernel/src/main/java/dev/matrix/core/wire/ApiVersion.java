package dev.matrix.core.wire;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.DateTimeException;
import java.time.LocalDate;

/** A dated version of the API's shapes. Versions are ordered by date. */
public record ApiVersion(LocalDate date) implements Comparable<ApiVersion> {

    /** The version that began it, 2026-11-01. */
    public static final ApiVersion FIRST = ApiVersion.of("2026-11-01");

    public ApiVersion {
        requireNonNull(date, "date");
    }

    /**
     * The version of that day.
     *
     * @param date such as {@code 2026-11-01}
     * @throws InvalidRequestException if it isn't a date
     */
    public static ApiVersion of(String date) {
        try {
            return new ApiVersion(LocalDate.parse(date));
        } catch (DateTimeException e) {
            throw new InvalidRequestException("A version is a date such as 2026-11-01.", e);
        }
    }

    @Override
    public int compareTo(ApiVersion other) {
        return date.compareTo(other.date);
    }

    /** The date, as in the header {@code Matrix-Version}. */
    @Override
    public String toString() {
        return date.toString();
    }
}
