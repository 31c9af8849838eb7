package dev.matrix.webhooks.ruler;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses that share their first bits: a range in CIDR form, of IPv4 or IPv6. */
record AddressRange(int bytes, BigInteger prefix, int free) {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,45}");

    static AddressRange of(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] address = address(cidr.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(cidr + " is no range of addresses."));
        int free = address.length * Byte.SIZE - Integer.parseInt(cidr.substring(slash + 1));
        return new AddressRange(address.length, new BigInteger(1, address).shiftRight(free), free);
    }

    boolean holds(String text) {
        return address(text)
                .filter(address -> address.length == bytes)
                .filter(address -> new BigInteger(1, address).shiftRight(free).equals(prefix))
                .isPresent();
    }

    /** Literals only, so that no name is ever looked up. */
    private static Optional<byte[]> address(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
