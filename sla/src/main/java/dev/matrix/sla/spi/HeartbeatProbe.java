package dev.matrix.sla.spi;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link UptimeProbe#heartbeat()}: the component speaks for itself. */
record HeartbeatProbe() implements UptimeProbe {

    @Override
    public String kind() {
        return ProbeTarget.HEARTBEAT;
    }

    @Override
    public CompletionStage<ProbeResult> check(ProbeTarget target, ProbeContext context) {
        return CompletableFuture.completedFuture(new ProbeResult(ProbeStatus.UNKNOWN, Duration.ZERO, null));
    }
}
