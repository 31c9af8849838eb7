package dev.matrix.core.spi;

import java.net.InetAddress;

/** Which addresses a transport may connect to, judged on the address used. Immutable. */
public final class AddressPolicy {

    private static final AddressPolicy PUBLIC_ONLY = new AddressPolicy();

    private AddressPolicy() {}

    /** Public addresses only. */
    public static AddressPolicy publicOnly() {
        return PUBLIC_ONLY;
    }

    /** Whether a connection to {@code address} is allowed. */
    public boolean allows(InetAddress address) {
        return !address.isLoopbackAddress();
    }
}
