package dev.matrix.webhooks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An event's body as filters see it. Money objects also have {@code value}, the amount as a number; a number that no double
 * holds becomes the nearest one, as engines compare doubles and would match the exact one with nothing; a dot in a member's name
 * becomes a character that no filter writes, as engines join names by dots. One pass over the bytes, which are compact JSON
 * of the codec: there a quote followed by a name and a colon can't stand within a string.
 */
final class FilterView {

    private static final byte[] AMOUNT = "{\"amount\":\"".getBytes(UTF_8);
    private static final byte[] CURRENCY = "\",\"currency\":\"".getBytes(UTF_8);
    private static final byte[] VALUE = ",\"value\":".getBytes(UTF_8);
    private static final byte[] DOT = "\uE000".getBytes(UTF_8);

    /** A dot becomes three bytes; nothing else of the view is twice as long as what it is made of. */
    private static final int MOST_GROWTH = 3;

    /** A decimal of at most so many characters is a double's own. */
    private static final int SURELY_EXACT = 15;

    private final byte[] in;
    private final ByteBuffer out;
    private int copied;

    private FilterView(byte[] body) {
        this.in = body;
        this.out = ByteBuffer.allocate(MOST_GROWTH * body.length);
    }

    static byte[] of(byte[] body) {
        return new FilterView(body).rewritten();
    }

    private byte[] rewritten() {
        int at = 0;
        while (at < in.length) {
            byte c = in[at];
            if (c == '{' && startsWith(AMOUNT, at)) {
                at = money(at);
            } else if (c == '"') {
                at = string(at);
            } else if (c == '-' || (c >= '0' && c <= '9')) {
                at = number(at);
            } else {
                at++;
            }
        }
        copyTo(in.length);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Past what of a money object needs no further look; past the brace alone where it turns out to be another object. */
    private int money(int start) {
        int amount = start + AMOUNT.length;
        int amountEnd = closing(amount);
        if (isDecimal(amount, amountEnd) && startsWith(CURRENCY, amountEnd)) {
            int end = closing(amountEnd + CURRENCY.length) + 1;
            if (end < in.length && in[end] == '}') {
                copyTo(end);
                out.put(VALUE, 0, VALUE.length);
                writeNumber(amount, amountEnd);
                return end;
            }
        }
        return start + 1;
    }

    private int string(int start) {
        int end = closing(start + 1) + 1;
        if (end < in.length && in[end] == ':') {
            for (int i = start + 1; i < end; i++) {
                if (in[i] == '.') {
                    copyTo(i);
                    out.put(DOT, 0, DOT.length);
                    copied = i + 1;
                }
            }
        }
        return end;
    }

    private int number(int start) {
        int end = start + 1;
        while (end < in.length && in[end] != ',' && in[end] != '}' && in[end] != ']') {
            end++;
        }
        if (end - start > SURELY_EXACT) {
            copyTo(start);
            writeNumber(start, end);
            copied = end;
        }
        return end;
    }

    private void writeNumber(int from, int to) {
        if (to - from > SURELY_EXACT) {
            BigDecimal exact = new BigDecimal(new String(in, from, to - from, US_ASCII));
            double nearest = exact.doubleValue();
            if (Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(exact) != 0) {
                byte[] rounded = Double.toString(nearest).getBytes(US_ASCII);
                out.put(rounded, 0, rounded.length);
                return;
            }
        }
        out.put(in, from, to - from);
    }

    private void copyTo(int end) {
        out.put(in, copied, end - copied);
        copied = end;
    }

    /** Where the quote stands that closes a string whose first character is at {@code from}. */
    private int closing(int from) {
        int at = from;
        while (in[at] != '"') {
            at += in[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    private boolean startsWith(byte[] prefix, int at) {
        if (at + prefix.length > in.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (in[at + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is a JSON number without an exponent, as amounts are written. */
    private boolean isDecimal(int from, int to) {
        int first = in[from] == '-' ? from + 1 : from;
        int point = first;
        while (point < to && isDigit(point)) {
            point++;
        }
        boolean whole = point > first && (in[first] != '0' || point == first + 1);
        int last = point < to && in[point] == '.' ? point + 1 : point;
        boolean fraction = last == point || last < to;
        while (last < to && isDigit(last)) {
            last++;
        }
        return whole && fraction && last == to;
    }

    private boolean isDigit(int at) {
        return in[at] >= '0' && in[at] <= '9';
    }
}
