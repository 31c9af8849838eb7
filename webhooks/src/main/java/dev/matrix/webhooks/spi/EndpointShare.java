package dev.matrix.webhooks.spi;

/**
 * How many due rows of an endpoint are wanted.
 *
 * @param limit at most this many, rows already in hand included
 * @param perSubject only rows of whose subject no open delivery to this endpoint has a lower event id
 */
public record EndpointShare(String endpointId, int limit, boolean perSubject) {}
