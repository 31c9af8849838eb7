package dev.matrix.core.api;

/** Hears of every exchange after its reply is made: metrics, access logs, usage. Called by any number of threads; quick. */
@FunctionalInterface
public interface ApiListener {

    /** An exchange ended; a throw is logged and changes nothing. */
    void onExchange(ApiExchange exchange);
}
