/**
 * Service levels: what a tier promises, what was measured, and what follows from it.
 *
 * <p>Values: {@code SlaDefinition} with its policies, {@code SlaBinding}, {@code Exclusion}, and what comes out, {@code SlaMetrics},
 * {@code SlaReport}, {@code SlaAlert}, {@code SlaStatement}, {@code SlaCredit}. Counting: {@code Series}, {@code Counting} and
 * {@code FlushStep}, from a record in memory to a stored {@code Batch}. Judging: {@code Timeline} (what a minute is judged by),
 * {@code MinuteJudge}, {@code JudgedHour} and {@code JudgedSpan}; pure, and the same for live figures, reports and what-ifs. Acting:
 * {@code EvaluateStep} with {@code Shard}, alerts, breaches, statements and credits. The façade {@code Slas} is {@code StoredSlas}
 * over the desks.
 *
 * <p>What is stored are counts, states and contracts; a verdict is worked out of them each time, until a statement keeps it.
 */
@NullMarked
package dev.matrix.sla;

import org.jspecify.annotations.NullMarked;
