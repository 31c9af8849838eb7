package dev.matrix.okhttp;

import java.net.UnknownHostException;

/** The policy refuses every address of a host. An {@link UnknownHostException}, since that is what a lookup may throw. */
final class AddressBlockedException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    AddressBlockedException(String what) {
        super(what + " is refused by the address policy");
    }
}
