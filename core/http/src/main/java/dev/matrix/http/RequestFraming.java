package dev.matrix.http;

import com.sun.net.httpserver.Headers;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that a server has read ends where its sender means it to end. The JDK's server takes lengths with a sign, several lengths, no Host and several, and it reads the sizes of chunks into too few bits. Behind a proxy that reads
 * the same bytes otherwise, what follows would be another request, with another's credentials (RFC 9112, section 11.2).
 */
final class RequestFraming {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final String HTTP_1_0 = "HTTP/1.0";

    private RequestFraming() {}

    /** What is wrong with the head (RFC 9112, sections 3.2, 5.1, 6.1 and 6.3); null: nothing. */
    static @Nullable String fault(String protocol, Headers headers) {
        return fault(protocol, headers.keySet(), name -> {
            List<String> lines = headers.get(name);
            return lines == null ? List.of() : lines;
        });
    }

    /** As {@link #fault(String, Headers)}, with the values of each line of a name. */
    static @Nullable String fault(String protocol, Collection<String> names, Function<String, List<String>> lines) {
        if (!names.stream().allMatch(name -> TOKEN.matcher(name).matches())) {
            return "The name of each header is a token, directly followed by a colon.";
        }
        int hosts = lines.apply("Host").size();
        if (hosts > 1 || (hosts == 0 && !protocol.equals(HTTP_1_0))) {
            return "The request has exactly one Host.";
        }
        List<String> lengths = lines.apply("Content-Length");
        if (lengths.size() > 1
                || !lengths.stream().allMatch(length -> LENGTH.matcher(length).matches())) {
            return "Content-Length is one number of at most 18 digits.";
        }
        List<String> codings = lines.apply("Transfer-Encoding");
        if (codings.isEmpty()) {
            return null;
        }
        if (!lengths.isEmpty() || protocol.equals(HTTP_1_0)) {
            return "Transfer-Encoding stands in HTTP/1.1, and without Content-Length.";
        }
        return codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked")
                ? null
                : "The only transfer coding is chunked.";
    }

    /** Whether the JDK's server is known to find the end of such a request: not if it comes in chunks. */
    static boolean isTrusted(Headers headers) {
        return !headers.containsKey("Transfer-Encoding");
    }

    /** How many bytes follow the head; -1: that is not known before the last one. For heads without a fault. */
    static long length(Headers headers) {
        if (headers.containsKey("Transfer-Encoding")) {
            return -1;
        }
        String length = headers.getFirst("Content-Length");
        return length == null ? 0 : Long.parseLong(length);
    }
}
