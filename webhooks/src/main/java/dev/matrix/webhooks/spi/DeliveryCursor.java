package dev.matrix.webhooks.spi;

import dev.matrix.core.InvalidRequestException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A place in a listing of deliveries, which stays one when the delivery that it names is purged.
 *
 * @param createdAt when the last one on the page was created
 * @param id the last one's
 */
public record DeliveryCursor(Instant createdAt, String id) {

    /** The place after a delivery, as a page's cursor. */
    public static String after(DeliveryRow row) {
        return row.delivery().createdAt() + " " + row.delivery().id();
    }

    /**
     * Reads what {@link #after} wrote.
     *
     * @throws InvalidRequestException for any other text
     */
    public static DeliveryCursor parse(String text) {
        int space = text.indexOf(' ');
        try {
            return new DeliveryCursor(Instant.parse(text.substring(0, Math.max(space, 0))), text.substring(space + 1));
        } catch (DateTimeParseException e) {
            throw new InvalidRequestException("This is no cursor of a listing of deliveries; begin at the first page.");
        }
    }
}
