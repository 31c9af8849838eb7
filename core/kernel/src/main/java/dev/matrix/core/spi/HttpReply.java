package dev.matrix.core.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back. The status decides an outcome even where the body failed.
 *
 * @param status 100 to 599, or whatever other three digits a far side made up
 * @param headers in the order received, without the status line; no name is null; look up with {@link #header}
 * @param body the raw bytes read, at most the call's cap
 * @param end how the body ended
 * @param remoteAddress the address used; null where the transport doesn't know
 * @param timing where the time went
 */
public record HttpReply(
        int status,
        Map<String, List<String>> headers,
        byte[] body,
        End end,
        @Nullable String remoteAddress,
        Timing timing) {

    public HttpReply {
        requireNonNull(body, "body");
        requireNonNull(end, "end");
        requireNonNull(timing, "timing");
        headers.forEach((name, values) -> {
            requireNonNull(name, "A header of a reply has no name; a transport leaves the status line out of headers");
            requireNonNull(values, "values of a header");
        });
    }

    /** How a reply's body ended. */
    public enum End {
        /** Read to its end. */
        COMPLETE,
        /** Longer than the cap: cut there, and the connection dropped. */
        TRUNCATED,
        /** The connection or the time ended before the body did. */
        FAILED
    }

    /** Parts of a call; {@link Duration#ZERO} where there was none, as with a kept-alive connection. */
    public record Timing(Duration dns, Duration connect, Duration tls, Duration firstByte, Duration total) {

        /** Where nothing was measured. */
        public static final Timing NONE =
                new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** The first value of a header, its name in any case; null where there is none. */
    public @Nullable String header(String name) {
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase(name) && !header.getValue().isEmpty()) {
                return header.getValue().get(0);
            }
        }
        return null;
    }
}
