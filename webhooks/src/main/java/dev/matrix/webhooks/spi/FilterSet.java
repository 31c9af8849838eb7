package dev.matrix.webhooks.spi;

import java.util.List;

/** Some filters, matched all at once; each is known by its own text. Immutable and thread-safe. */
public interface FilterSet {

    /**
     * The filters that a body matches, as the texts that were given, each once. Where this throws, every filter counts as
     * matched. It must throw rather than work on for long: publishers wait for it within their transactions.
     *
     * @param body UTF-8 JSON, the body that is sent with what only filters see: money objects also have {@code value}, the
     *     amount as a number, and numbers are the nearest ones that a double holds
     */
    List<String> matching(byte[] body);
}
