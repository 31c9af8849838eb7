package dev.matrix.refunds.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Stores;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What a provider works with, for one call.
 *
 * @param transport reaches the provider; its calls end with the call timeout of the whole
 * @param clock store time
 * @param random chance
 * @param stores with their transactions, for providers that have to keep something, such as what they sign
 * @param currencies those of the Matrix
 */
public record ProviderContext(
        HttpTransport transport, InstantSource clock, RandomGenerator random, Stores stores, Currencies currencies) {

    public ProviderContext {
        requireNonNull(transport, "transport");
        requireNonNull(clock, "clock");
        requireNonNull(random, "random");
        requireNonNull(stores, "stores");
        requireNonNull(currencies, "currencies");
    }

    /** A context with new stores in memory and the standard currencies, for tests of a provider. */
    public static ProviderContext of(HttpTransport transport, InstantSource clock, RandomGenerator random) {
        return new ProviderContext(transport, clock, random, Stores.inMemory(clock), Currencies.standard());
    }
}
