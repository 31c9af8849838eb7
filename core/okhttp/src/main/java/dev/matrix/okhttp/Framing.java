package dev.matrix.okhttp;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Where a reply's body ends (RFC 9112, section 6.3), and whether its connection is fit for another request (section 9.3). OkHttp
 * is more lenient; what is in doubt here is read no further and ends its connection.
 *
 * @param kind how the body's end is known
 * @param length of {@link Kind#LENGTH}, else 0
 * @param isReusable whether another request may follow on the connection
 * @param keepNanos how long the connection may stay unused; {@link #NO_LIMIT} where the peer names no time
 */
record Framing(Kind kind, long length, boolean isReusable, long keepNanos) {

    /** How the end of a body is known. */
    enum Kind {
        /** There is none, whatever the head announces. */
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE,
        /** It can't be known: the head contradicts itself, or says what this client can't read. */
        INVALID
    }

    /** The most bytes that a reply's head, interim replies counted in, may have; just below what OkHttp itself takes. */
    static final int MOST_OF_HEAD = (256 << 10) - 1;

    static final long NO_LIMIT = -1;

    private static final Framing STREAM = new Framing(Kind.UNTIL_CLOSE, 0, true, NO_LIMIT);
    private static final String TIMEOUT = "timeout=";
    private static final int MOST_DIGITS = 18;
    private static final long MOST_SECONDS = 86_400;

    static Framing of(Response head) {
        if (head.protocol() != Protocol.HTTP_1_1 && head.protocol() != Protocol.HTTP_1_0) {
            return STREAM;
        }
        Headers headers = head.headers();
        List<String> encodings = headers.values("Transfer-Encoding");
        List<String> lengths = list(headers, "Content-Length").toList();
        boolean clean = head.protocol() == Protocol.HTTP_1_1
                && (encodings.isEmpty() || lengths.isEmpty())
                && isWellFormed(headers)
                && list(headers, "Connection").noneMatch("close"::equalsIgnoreCase);
        long keep = keepNanos(headers);
        if (isBodiless(head)) {
            boolean announces =
                    !isHead(head) && (!encodings.isEmpty() || !lengths.stream().allMatch("0"::equals));
            return new Framing(Kind.NONE, 0, clean && !announces && head.code() != 101, keep);
        }
        if (!encodings.isEmpty()) {
            return encodings.size() == 1 && "chunked".equalsIgnoreCase(encodings.get(0))
                    ? new Framing(Kind.CHUNKED, 0, clean, keep)
                    : new Framing(Kind.INVALID, 0, false, NO_LIMIT);
        }
        if (!lengths.isEmpty()) {
            return isOneNumber(lengths)
                    ? new Framing(Kind.LENGTH, Long.parseLong(lengths.get(0)), clean, keep)
                    : new Framing(Kind.INVALID, 0, false, NO_LIMIT);
        }
        // A line that can't be read may be the one that says where the body ends.
        return new Framing(isWellFormed(headers) ? Kind.UNTIL_CLOSE : Kind.INVALID, 0, false, NO_LIMIT);
    }

    private static boolean isHead(Response head) {
        return "HEAD".equals(head.request().method());
    }

    private static boolean isBodiless(Response head) {
        return isHead(head) || head.code() < 200 || head.code() == 204 || head.code() == 304;
    }

    private static boolean isOneNumber(List<String> lengths) {
        String first = lengths.get(0);
        return !first.isEmpty()
                && first.length() <= MOST_DIGITS
                && first.chars().allMatch(c -> c >= '0' && c <= '9')
                && lengths.stream().allMatch(first::equals);
    }

    private static boolean isWellFormed(Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            if (!isName(headers.name(i)) || !isValue(headers.value(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isValue(String value) {
        return value.indexOf('\0') < 0 && value.indexOf('\r') < 0;
    }

    /** A peer that names a time ends the connection about then, so it isn't used in the last second, or half, of it. */
    private static long keepNanos(Headers headers) {
        return list(headers, "Keep-Alive")
                .map(part -> part.toLowerCase(Locale.ROOT))
                .filter(part -> part.startsWith(TIMEOUT))
                .map(part -> part.substring(TIMEOUT.length()))
                .filter(number -> isOneNumber(List.of(number)))
                .map(number -> Duration.ofSeconds(Math.min(MOST_SECONDS, Long.parseLong(number))))
                .map(time -> Math.max(time.toNanos() / 2, time.minusSeconds(1).toNanos()))
                .findFirst()
                .orElse(NO_LIMIT);
    }

    private static Stream<String> list(Headers headers, String name) {
        return headers.values(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip);
    }
}
