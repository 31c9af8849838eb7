package dev.matrix.sla.servlet;

import static java.util.Objects.requireNonNull;

import dev.matrix.sla.Outcome;
import dev.matrix.sla.SlaRecorder;
import dev.matrix.sla.Slas;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records each request of a Servlet 6.0 container for the subscription that it is of: by its status, and by the time until it was
 * served, asynchronous ones too. A request that ends with an exception is {@link Outcome#BAD}. Thread-safe; it changes nothing.
 */
public final class SlaFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Slas slas;
    private final transient Function<HttpServletRequest, @Nullable String> subscription;

    /**
     * Records requests.
     *
     * @param subscription which subscription a request is of, asked before it is served; null: it isn't recorded
     */
    public SlaFilter(Slas slas, Function<HttpServletRequest, @Nullable String> subscription) {
        this.slas = requireNonNull(slas, "slas");
        this.subscription = requireNonNull(subscription, "subscription");
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String id = subscription.apply(request);
        if (id == null) {
            chain.doFilter(request, response);
            return;
        }
        SlaRecorder recorder = slas.recorder(id);
        long began = System.nanoTime();
        boolean served = false;
        try {
            chain.doFilter(request, response);
            served = true;
        } finally {
            if (!served) {
                recorder.record(System.nanoTime() - began, Outcome.BAD);
            } else if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new AtTheEnd(recorder, response, began));
            } else {
                recorder.record(System.nanoTime() - began, Outcome.ofHttpStatus(response.getStatus()));
            }
        }
    }

    /** Records an asynchronous request once, when it is complete. */
    private static final class AtTheEnd implements AsyncListener {

        private final SlaRecorder recorder;
        private final HttpServletResponse response;
        private final long began;
        private volatile boolean failed;

        AtTheEnd(SlaRecorder recorder, HttpServletResponse response, long began) {
            this.recorder = recorder;
            this.response = response;
            this.began = began;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            recorder.record(
                    System.nanoTime() - began, failed ? Outcome.BAD : Outcome.ofHttpStatus(response.getStatus()));
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            failed = true;
        }

        @Override
        public void onError(AsyncEvent event) {
            failed = true;
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
