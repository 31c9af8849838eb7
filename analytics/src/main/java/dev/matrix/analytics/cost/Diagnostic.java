package dev.matrix.analytics.cost;

/**
 * Why something was not judged, or not advised.
 *
 * @param rule which advice it is about
 * @param subject what was not judged: a subscription, a machine, a plan
 * @param detail what, which id, what to do
 */
public record Diagnostic(String rule, String subject, Reason reason, String detail) {}
