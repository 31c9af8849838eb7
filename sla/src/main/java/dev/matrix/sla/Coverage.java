package dev.matrix.sla;

import java.math.BigDecimal;

/**
 * How much was measured.
 *
 * @param observedMinutes of the expected ones
 * @param expectedMinutes under contract, within service hours, not excluded
 * @param percent rounded down
 */
public record Coverage(long observedMinutes, long expectedMinutes, BigDecimal percent) {}
