package dev.matrix.sla;

/** What an observed minute or slice without anything to judge counts as. */
public enum IdlePolicy {
    IDLE_EXCLUDED,
    IDLE_IS_UP,
    IDLE_IS_BAD
}
