package dev.matrix.sla;

/** How much of a minute a component must be down for the minute to be down. */
public enum MinuteRounding {
    /** 30 seconds or more. */
    MAJORITY,
    /** All 60 seconds. */
    WHOLE,
    /** Any part. */
    ANY
}
