package dev.matrix.examples.customprovider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.ProviderApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Northbank over HTTP on this machine. When told to, it pays and then hangs up instead of answering. */
final class NorthbankServer implements AutoCloseable {

    private final Northbank bank;
    private final HttpServer server;
    private final AtomicBoolean cutsNextReply = new AtomicBoolean();

    private NorthbankServer(Northbank bank, HttpServer server) {
        this.bank = bank;
        this.server = server;
    }

    static NorthbankServer start(Northbank bank) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        NorthbankServer server = new NorthbankServer(bank, http);
        http.createContext("/refunds/", server::answer);
        http.start();
        return server;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void cutNextReply() {
        cutsNextReply.set(true);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestURI().getPath().substring("/refunds/".length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonFields request = ProviderApi.read(body);
        Optional<String> refund = exchange.getRequestMethod().equals("PUT") && request != null
                ? Optional.of(bank.put(key, request, "settled"))
                : bank.find(key);
        if (exchange.getRequestMethod().equals("PUT") && cutsNextReply.getAndSet(false)) {
            // The money is gone, and nobody hears of it.
            exchange.close();
            return;
        }
        byte[] reply = refund.orElse("{\"error\": \"no_such_refund\"}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(refund.isPresent() ? 200 : 404, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
