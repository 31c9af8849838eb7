package dev.matrix.http;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.api.ApiHandler;
import dev.matrix.core.spi.BuildFaults;
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
        this.port = number;
        return this;
    }

    /**
     * Starts it; the handler is called from now on.
     *
     * @throws dev.matrix.core.InvalidRequestException when the host is unknown, or the port isn't 0 to 65,535
     * @throws java.io.UncheckedIOException when the port can't be had
     */
    public ApiServer start() {
        boolean isPort = port >= 0 && port <= LARGEST_PORT;
        InetSocketAddress address = new InetSocketAddress(host, isPort ? port : 0);
        new BuildFaults("ApiServer")
                .value(isPort, "A port is 0 to " + LARGEST_PORT + "; " + port + " is not.")
                .value(!address.isUnresolved(), "No host is known as '" + host + "'.")
                .raise();
        return ApiServer.start(handler, address);
    }
}
