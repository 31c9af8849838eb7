package dev.matrix.core.api;

import java.io.IOException;

/** What adapters mount in a server. Called by many threads at once. */
@FunctionalInterface
public interface ApiHandler {

    /** Answers a request; blocks while it works, and never throws: what fails is a problem, too. */
    ApiResponse handle(ApiRequest request);

    /**
     * Answers a request and hands the reply to {@code sender} once, so that the handler knows until when the request is in
     * progress. Adapters call this form; a handler that wraps another passes the call on in this form, too.
     *
     * @throws IOException what the sender threw
     */
    default void handle(ApiRequest request, Sender sender) throws IOException {
        sender.send(handle(request));
    }

    /** Writes a reply. */
    @FunctionalInterface
    interface Sender {

        /** Returns when the last byte is written; whatever it throws ends the connection. */
        void send(ApiResponse response) throws IOException;
    }
}
