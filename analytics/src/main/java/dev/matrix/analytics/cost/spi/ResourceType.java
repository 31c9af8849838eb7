package dev.matrix.analytics.cost.spi;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.PreciseMoney;
import java.math.BigDecimal;
import java.util.Set;

/**
 * A type of machine and its price.
 *
 * @param family types of one family differ in size alone
 * @param cpu virtual processors
 * @param memory in GiB
 * @param gpu how many there are
 * @param stoppedHourlyPrice what a stopped one still costs, such as its disks
 * @param localDisk whether it has disks whose content is lost when it stops
 */
public record ResourceType(
        String id,
        String family,
        String architecture,
        BigDecimal cpu,
        BigDecimal memory,
        int gpu,
        PreciseMoney hourlyPrice,
        PreciseMoney stoppedHourlyPrice,
        boolean localDisk,
        Set<String> features) {

    /** @throws InvalidRequestException for a negative size or price, or prices of two currencies */
    public ResourceType {
        features = Set.copyOf(features);
        if (cpu.signum() <= 0
                || memory.signum() <= 0
                || gpu < 0
                || hourlyPrice.amount().signum() < 0
                || stoppedHourlyPrice.amount().signum() < 0
                || !hourlyPrice.currency().equals(stoppedHourlyPrice.currency())) {
            throw new InvalidRequestException(
                    "A machine type has cpu and memory above 0 and prices of one currency, not" + " below 0; type \""
                            + id + "\" doesn't fit.");
        }
    }
}
