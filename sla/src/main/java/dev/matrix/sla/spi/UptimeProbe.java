package dev.matrix.sla.spi;

import java.util.concurrent.CompletionStage;

/**
 * Finds out whether a component is up. Stateless and called concurrently. A check ends within {@link ProbeTarget#timeout()}; one
 * that doesn't is a failure, and what it answers later is dropped. What a probe throws is a failure too.
 */
public interface UptimeProbe {

    /** Names it in {@link ProbeTarget#kind()}; unique within a Matrix. */
    String kind();

    /** Checks once. A probe of the host's own is called on a thread of its own and may block there. */
    CompletionStage<ProbeResult> check(ProbeTarget target, ProbeContext context);

    /**
     * Sends GET or HEAD on a new connection, follows no redirect, and compares the status and, if the target says so, the first 64
     * KiB of the body. Kind {@code http}; always there.
     */
    static UptimeProbe http() {
        return new HttpProbe();
    }

    /**
     * Checks nothing: the component reports by {@code Slas.heartbeat}, and is down after 2 intervals and the timeout of silence.
     * Kind {@code heartbeat}; always there.
     */
    static UptimeProbe heartbeat() {
        return new HeartbeatProbe();
    }
}
