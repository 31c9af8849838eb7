package dev.matrix.sla.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import java.time.Instant;

/**
 * What a subscription was charged for a span of time.
 *
 * @param net without tax; negative for a credit
 * @param tax on top of net
 * @param refundedNet what of net went back already
 */
public record ServiceCharge(
        String id, String subscriptionId, Instant from, Instant to, Money net, Money tax, Money refundedNet) {

    public ServiceCharge {
        requireNonNull(id, "id");
        requireNonNull(subscriptionId, "subscriptionId");
        if (!from.isBefore(to)) {
            throw new InvalidRequestException("from lies before to.");
        }
        if (!net.currency().equals(tax.currency()) || !net.currency().equals(refundedNet.currency())) {
            throw new InvalidRequestException("net, tax and refundedNet are in one currency.");
        }
    }

    /** A charge of which nothing went back. */
    public static ServiceCharge of(String id, String subscriptionId, Instant from, Instant to, Money net, Money tax) {
        return new ServiceCharge(id, subscriptionId, from, to, net, tax, Money.zero(net.currency()));
    }
}
