package dev.matrix.webhooks.spi;

/**
 * How many due rows of an endpoint are wanted.
 *
 * @param limit at most this many, rows already in hand included
 */
public record EndpointShare(String endpointId, int limit) {}
