package dev.matrix.refunds.spi;

import dev.matrix.core.spi.HttpTransport;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What a provider works with, for one call.
 *
 * @param transport reaches the provider; its calls end with the call timeout of the whole
 * @param clock store time
 * @param random chance
 */
public record ProviderContext(HttpTransport transport, InstantSource clock, RandomGenerator random) {}
