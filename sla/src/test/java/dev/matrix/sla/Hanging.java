package dev.matrix.sla;

import dev.matrix.sla.spi.ProbeContext;
import dev.matrix.sla.spi.ProbeResult;
import dev.matrix.sla.spi.ProbeStatus;
import dev.matrix.sla.spi.ProbeTarget;
import dev.matrix.sla.spi.UptimeProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A probe whose checks don't end by themselves. */
final class Hanging implements UptimeProbe {

    private final List<CompletableFuture<ProbeResult>> checks = new ArrayList<>();

    @Override
    public String kind() {
        return "hanging";
    }

    @Override
    public synchronized CompletionStage<ProbeResult> check(ProbeTarget target, ProbeContext context) {
        CompletableFuture<ProbeResult> check = new CompletableFuture<>();
        checks.add(check);
        notifyAll();
        return check;
    }

    synchronized int calls() {
        return checks.size();
    }

    synchronized void awaitCalls(int number) {
        boolean interrupted = false;
        while (checks.size() < number && !interrupted) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
                Thread.currentThread().interrupt();
            }
        }
    }

    synchronized void answerAll(ProbeStatus status) {
        checks.forEach(check -> check.complete(new ProbeResult(status, Duration.ZERO, null)));
    }
}
