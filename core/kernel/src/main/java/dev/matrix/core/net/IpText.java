package dev.matrix.core.net;

import org.jspecify.annotations.Nullable;

/** The one reader and writer of addresses as text. What is malformed is null; callers say so in their own words. */
final class IpText {

    static final String FORMS =
            "Write IPv4 as four decimal parts without leading zeros, such as 192.0.2.7, and IPv6 as in"
                    + " RFC 4291, such as 2001:db8::7.";

    private static final int GROUPS = 8;
    private static final int LONGEST_SHOWN = 60;

    private IpText() {}

    /** A candidate: an address, with a zone where it is link-local. */
    static @Nullable IpAddress candidate(String text) {
        int percent = text.indexOf('%');
        if (percent < 0) {
            return address(text);
        }
        IpAddress address = address(text.substring(0, percent));
        boolean zoned = address != null && address.isLinkLocal() && isZone(text, percent + 1);
        return zoned ? address : null;
    }

    private static boolean isZone(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == '/' || c == '%') {
                return false;
            }
        }
        return from < text.length();
    }

    static @Nullable IpAddress address(String text) {
        return text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
    }

    private static @Nullable IpAddress ipv4(String text) {
        long bits = ipv4Bits(text, 0);
        return bits < 0 ? null : new IpAddress(0, bits, true);
    }

    /** Four decimal parts from {@code from} to the end; −1 where they aren't. */
    private static long ipv4Bits(String text, int from) {
        long bits = 0;
        int at = from;
        for (int part = 0; part < 4; part++) {
            int end = at;
            int value = 0;
            while (end < text.length() && end - at < 4 && isDigit(text.charAt(end))) {
                value = value * 10 + text.charAt(end) - '0';
                end++;
            }
            boolean padded = end - at > 1 && text.charAt(at) == '0';
            if (end == at || padded || value > 255) {
                return -1;
            }
            bits = bits << 8 | value;
            boolean last = part == 3;
            if (last ? end != text.length() : end == text.length() || text.charAt(end) != '.') {
                return -1;
            }
            at = end + 1;
        }
        return bits;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** RFC 4291, section 2.2: eight groups, one run of them as {@code ::}, the last two in IPv4's form. */
    private static @Nullable IpAddress ipv6(String text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int end = at;
            int value = 0;
            while (end < text.length() && end - at < 5 && hex(text.charAt(end)) >= 0) {
                value = value << 4 | hex(text.charAt(end));
                end++;
            }
            if (end < text.length() && text.charAt(end) == '.') {
                long embedded = count <= GROUPS - 2 ? ipv4Bits(text, at) : -1;
                if (embedded < 0) {
                    return null;
                }
                groups[count++] = (int) (embedded >>> 16);
                groups[count++] = (int) (embedded & 0xffff);
                break;
            }
            if (end == at || end - at > 4 || count == GROUPS) {
                return null;
            }
            groups[count++] = value;
            if (end == text.length()) {
                break;
            }
            if (text.charAt(end) != ':' || end + 1 == text.length()) {
                return null;
            }
            at = end + 1;
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                at++;
            }
        }
        boolean whole = gap < 0 ? count == GROUPS : count < GROUPS;
        return whole ? join(groups, count, gap) : null;
    }

    private static IpAddress join(int[] groups, int count, int gap) {
        long[] halves = new long[2];
        for (int i = 0; i < GROUPS; i++) {
            int fromEnd = count - (GROUPS - i);
            int source = gap < 0 || i < gap ? i : fromEnd >= gap ? fromEnd : -1;
            halves[i / 4] = halves[i / 4] << 16 | (source < 0 ? 0 : groups[source]);
        }
        return new IpAddress(halves[0], halves[1], false);
    }

    private static int hex(char c) {
        if (isDigit(c)) {
            return c - '0';
        }
        char lower = (char) (c | 0x20);
        return c < 0x80 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    static String write(IpAddress address) {
        if (address.v4()) {
            long bits = address.lo();
            return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
        }
        int from = -1;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(address, i + run) == 0) {
                run++;
            }
            if (run > longest) {
                from = i;
                longest = run;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == from) {
                text.append("::");
                i += longest - 1;
            } else {
                boolean joined = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(joined ? "" : ":").append(Long.toHexString(group(address, i)));
            }
        }
        return text.toString();
    }

    private static long group(IpAddress address, int index) {
        long half = index < 4 ? address.hi() : address.lo();
        return half >>> (48 - 16 * (index % 4)) & 0xffff;
    }

    /** A stranger's text for a message: short, and with nothing that breaks a line. */
    static String quoted(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints()
                .limit(LONGEST_SHOWN)
                .map(c -> c < ' ' || c > '~' ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.append(text.length() > LONGEST_SHOWN ? "…'" : "'").toString();
    }
}
