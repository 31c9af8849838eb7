package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.LocalDate;

/**
 * The end of an operation or a version, announced (RFC 9745, RFC 8594).
 *
 * @param since deprecated from the start of this day, UTC
 * @param sunset answered to the end of this day, UTC; not before {@code since}
 * @param link where people read what to use instead
 */
public record Deprecation(LocalDate since, LocalDate sunset, URI link) {

    public Deprecation {
        requireNonNull(since, "since");
        requireNonNull(sunset, "sunset");
        requireNonNull(link, "link");
    }
}
