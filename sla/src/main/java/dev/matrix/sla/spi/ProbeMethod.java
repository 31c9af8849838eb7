package dev.matrix.sla.spi;

/** How an HTTP probe asks. */
public enum ProbeMethod {
    GET,
    HEAD
}
