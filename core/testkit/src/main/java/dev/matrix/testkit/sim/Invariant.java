package dev.matrix.testkit.sim;

/** Something that must hold however a run went. */
@FunctionalInterface
public interface Invariant {

    /** Throws an {@link AssertionError} that says what doesn't hold. */
    void check(Simulation simulation);
}
