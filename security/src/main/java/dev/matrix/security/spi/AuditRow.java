package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import java.time.Instant;

/**
 * An entry of the audit log: its body, and what it is found by.
 *
 * @param id {@code aud_…}
 * @param actor as {@code Actor.text()}; a person's clear id, which the body doesn't have
 * @param category as the name of {@code AuditEntry.Category}, which says how long the body is kept
 * @param at store time, in microseconds
 * @param body canonical JSON in UTF-8, at most 65,535 bytes
 */
public record AuditRow(
        String id,
        Owner owner,
        String actor,
        String action,
        String category,
        boolean success,
        Instant at,
        byte[] body) {}
