package dev.matrix.analytics;

/**
 * What a reader of a report should know.
 *
 * @param code lower snake case, such as {@code as_of_open}
 * @param message for people
 */
public record Warning(String code, String message) {}
