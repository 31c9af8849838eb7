package dev.matrix.webhooks;

/**
 * A new endpoint.
 *
 * @param endpoint the endpoint
 * @param secret its signing secret, {@code whsec_…}: shown this once; hand it to the receiver
 */
public record Registered(EndpointView endpoint, String secret) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Registered[" + endpoint.id() + "]";
    }
}
