package dev.matrix.spring;

import dev.matrix.core.Matrix;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.spi.Step;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;

/**
 * Starts Matrix's background work once every bean is made, features and subscribers among them, and before the web server takes
 * requests. It doesn't end it: Matrix closes as its bean is destroyed, after the web server has answered what it had taken.
 */
final class MatrixLifecycle implements SmartInitializingSingleton, SmartLifecycle {

    /** Before the web server, whose phase is near the end. */
    private static final int PHASE = 0;

    private final Matrix matrix;
    private final List<EventSubscriber> subscribers;
    private final List<Step> steps;
    private volatile boolean running;

    MatrixLifecycle(Matrix matrix, List<EventSubscriber> subscribers, List<Step> steps) {
        this.matrix = matrix;
        this.subscribers = subscribers;
        this.steps = steps;
    }

    @Override
    public void afterSingletonsInstantiated() {
        subscribers.forEach(matrix::add);
        steps.forEach(matrix::add);
    }

    @Override
    public void start() {
        matrix.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
