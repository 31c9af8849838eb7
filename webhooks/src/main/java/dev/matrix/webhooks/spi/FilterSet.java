package dev.matrix.webhooks.spi;

import java.util.List;

/**
 * Filters compiled together and matched all at once; each is known by its own text. Many threads match at the same time, but
 * never while another adds or removes.
 */
public interface FilterSet {

    /** Adds a filter that the set doesn't have. */
    void add(String filter);

    /** Removes a filter; the text is the very one that was added. */
    void remove(String filter);

    /**
     * The filters that a body matches, as the texts that were added, each once. Where this throws, every filter counts as
     * matched.
     *
     * @param body UTF-8 JSON, the body that is sent with what only filters see: money objects also have {@code value}, the
     *     amount as a number, and numbers are the nearest ones that a double holds
     */
    List<String> matching(byte[] body);
}
