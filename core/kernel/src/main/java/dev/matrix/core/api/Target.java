package dev.matrix.core.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes a request's path and query: each part once, strictly. */
final class Target {

    private Target() {}

    /** The path's segments behind the leading slash. */
    static List<String> segments(String rawPath) {
        if (!rawPath.startsWith("/")) {
            throw malformed("The path starts with a slash.");
        }
        List<String> segments = new ArrayList<>(6);
        int start = 1;
        while (true) {
            int end = rawPath.indexOf('/', start);
            String segment = decode(rawPath.substring(start, end < 0 ? rawPath.length() : end), false);
            if (segment.equals(".") || segment.equals("..")) {
                throw malformed("The path has no segments of dots.");
            }
            segments.add(segment);
            if (end < 0) {
                return segments;
            }
            start = end + 1;
        }
    }

    /** The query's values by name, in order of their first appearance. */
    static Map<String, List<String>> query(@Nullable String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
                values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
            }
        }
        return values;
    }

    private static String decode(String raw, boolean plusIsSpace) {
        boolean plain = true;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw malformed("The target consists of visible ASCII characters; others are percent-encoded.");
            }
            plain &= c != '%' && !(plusIsSpace && c == '+');
        }
        return plain ? raw : decodeEscapes(raw, plusIsSpace);
    }

    private static String decodeEscapes(String raw, boolean plusIsSpace) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed("The target has a percent sign that two hexadecimal digits don't follow.");
                }
                int value = high * 16 + low;
                if (value < ' ' || value == 0x7f) {
                    throw malformed("The target has no control characters.");
                }
                bytes.put((byte) value);
                i += 2;
            } else {
                bytes.put((byte) (plusIsSpace && c == '+' ? ' ' : c));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("The target's escapes are UTF-8.");
        }
    }

    private static ApiProblem malformed(String detail) {
        return ApiProblem.of(400, "malformed_request", detail);
    }
}
