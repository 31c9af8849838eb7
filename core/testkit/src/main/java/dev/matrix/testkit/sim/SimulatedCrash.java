package dev.matrix.testkit.sim;

/** Unwinds what a node was doing when it went down. An Error, so that no handler mistakes it for a failure of its own. */
final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedCrash(String message) {
        super(message, null, false, false);
    }
}
