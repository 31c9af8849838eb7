package dev.matrix.refunds.ethereum;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses with their checksum in upper and lower case (EIP-55). */
final class EthereumAddress {

    private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final int HALF_BYTE = 8;

    private EthereumAddress() {}

    /** What is wrong with an address; empty: nothing. One without capitals has no checksum, and is taken. */
    static Optional<String> problem(String address) {
        if (!FORM.matcher(address).matches()) {
            return Optional.of("An address of Ethereum's is 0x and 40 hexadecimal digits.");
        }
        String digits = address.substring(2);
        boolean unchecked = digits.equals(digits.toLowerCase(Locale.ROOT));
        return unchecked || address.equals(checksummed(address))
                ? Optional.empty()
                : Optional.of("The address's capitals don't match its checksum (EIP-55): a digit is wrong.");
    }

    /** As EIP-55 writes it: a digit is a capital where the hash's digit at its place is 8 or more. */
    static String checksummed(String address) {
        String digits = address.substring(2).toLowerCase(Locale.ROOT);
        String hash = HexFormat.of().formatHex(Keccak.hash(digits.getBytes(StandardCharsets.US_ASCII)));
        StringBuilder out = new StringBuilder("0x");
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            boolean capital = Character.digit(hash.charAt(i), 16) >= HALF_BYTE;
            out.append(capital ? Character.toUpperCase(digit) : digit);
        }
        return out.toString();
    }

    /** The 20 bytes. */
    static byte[] bytes(String address) {
        return HexFormat.of().parseHex(address.substring(2));
    }

    /** The address of 20 bytes. */
    static String of(byte[] bytes) {
        return checksummed("0x" + HexFormat.of().formatHex(bytes));
    }
}
