package dev.matrix.spring;

import dev.matrix.core.Matrix;
import dev.matrix.core.StepStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tells the actuator's health of Matrix's background work: down as long as a step has failed three times in a row, with each such
 * step's last error. {@code management.health.matrix.enabled=false} leaves it out.
 */
@AutoConfiguration(after = MatrixAutoConfiguration.class)
@ConditionalOnBean(Matrix.class)
@ConditionalOnProperty(name = "management.health.matrix.enabled", matchIfMissing = true)
public class MatrixHealthAutoConfiguration {

    /** One failure may be a fail-over of the database, which the step outlasts by itself. */
    static final int FAILURES = 3;

    /** Spring makes it. */
    public MatrixHealthAutoConfiguration() {}

    /** The last error of each step that fails. */
    static Map<String, String> failing(List<StepStatus> steps) {
        Map<String, String> failing = new LinkedHashMap<>();
        steps.stream()
                .filter(step -> step.failures() >= FAILURES)
                .forEach(step -> failing.put(step.name(), Objects.requireNonNullElse(step.lastError(), "unknown")));
        return failing;
    }

    /** In Spring Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    @ConditionalOnMissingClass("org.springframework.boot.health.contributor.HealthIndicator")
    static class Boot3 {

        @Bean
        org.springframework.boot.actuate.health.HealthIndicator matrixHealthIndicator(Matrix matrix) {
            return () -> {
                Map<String, String> failing = failing(matrix.steps());
                return (failing.isEmpty()
                                ? org.springframework.boot.actuate.health.Health.up()
                                : org.springframework.boot.actuate.health.Health.down())
                        .withDetails(failing)
                        .build();
            };
        }
    }

    /** In Spring Boot 4, which has moved health into a module of its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    static class Boot4 {

        @Bean
        org.springframework.boot.health.contributor.HealthIndicator matrixHealthIndicator(Matrix matrix) {
            return () -> {
                Map<String, String> failing = failing(matrix.steps());
                return (failing.isEmpty()
                                ? org.springframework.boot.health.contributor.Health.up()
                                : org.springframework.boot.health.contributor.Health.down())
                        .withDetails(failing)
                        .build();
            };
        }
    }
}
