package dev.matrix.core.api;

/** Which way a value goes; it decides what an absent component is. */
enum Direction {

    /** In replies: every member is there, null where a component is. */
    OUT(""),

    /** In requests: what may be null may be left out. */
    IN("Input"),

    /** In events: nulls are left out. */
    EVENT("Data");

    /** What tells a type's schema apart from that of an earlier direction, where the two differ. */
    final String suffix;

    Direction(String suffix) {
        this.suffix = suffix;
    }
}
