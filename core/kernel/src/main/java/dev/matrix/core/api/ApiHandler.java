package dev.matrix.core.api;

/** What an adapter mounts in a server: one request in, one response out. Thread-safe. */
@FunctionalInterface
public interface ApiHandler {

    /** Answers a request; blocks until the answer is there, and never throws: what fails is a 500 problem (H9). */
    ApiResponse handle(ApiRequest request);
}
