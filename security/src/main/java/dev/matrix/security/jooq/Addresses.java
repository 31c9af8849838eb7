package dev.matrix.security.jooq;

import dev.matrix.core.net.IpAddress;
import java.util.HexFormat;

/** Addresses as text that sorts as they do: the family's digit and the address in hex. */
final class Addresses {

    private static final HexFormat HEX = HexFormat.of();

    private Addresses() {}

    static String text(IpAddress address) {
        return address.v4()
                ? "4" + HEX.toHexDigits(address.lo(), 8)
                : "6" + HEX.toHexDigits(address.hi()) + HEX.toHexDigits(address.lo());
    }

    static IpAddress parse(String text) {
        return text.charAt(0) == '4'
                ? new IpAddress(0, HexFormat.fromHexDigitsToLong(text, 1, 9), true)
                : new IpAddress(
                        HexFormat.fromHexDigitsToLong(text, 1, 17), HexFormat.fromHexDigitsToLong(text, 17, 33), false);
    }
}
