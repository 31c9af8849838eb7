package dev.matrix.spring;

import dev.matrix.core.MatrixBuilder;

/** A bean that has the last word on how Matrix is wired; several are called in the order of {@code @Order}. */
@FunctionalInterface
public interface MatrixBuilderCustomizer {

    /** Changes the builder, which has the application's stores, keys, transport and event types. */
    void customize(MatrixBuilder matrix);
}
