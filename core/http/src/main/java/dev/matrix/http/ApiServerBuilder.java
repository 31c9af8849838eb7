package dev.matrix.http;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.api.ApiHandler;
import java.net.InetSocketAddress;

/** Wires an {@link ApiServer}. Not thread-safe. */
public final class ApiServerBuilder {

    private static final int LARGEST_PORT = 65_535;

    private final ApiHandler handler;
    private String host = "127.0.0.1";
    private int port = 8080;

    ApiServerBuilder(ApiHandler handler) {
        this.handler = handler;
    }

    /** The address or name to listen at; {@code 127.0.0.1} by default, {@code 0.0.0.0} for all of this machine's. */
    public ApiServerBuilder host(String address) {
        this.host = requireNonNull(address, "address");
        return this;
    }

    /** The port; 8080 by default, 0 for any that is free. */
    public ApiServerBuilder port(int number) {
        if (number < 0 || number > LARGEST_PORT) {
            throw new InvalidRequestException("A port is 0 to " + LARGEST_PORT + "; " + number + " is not.");
        }
        this.port = number;
        return this;
    }

    /**
     * Starts it; the handler is called from now on.
     *
     * @throws InvalidRequestException when the host is unknown
     * @throws java.io.UncheckedIOException when the port can't be had
     */
    public ApiServer start() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new InvalidRequestException("No host is known as '" + host + "'.");
        }
        return ApiServer.start(handler, address);
    }
}
