/**
 * Refunds of captured payments: never more than was captured, and an unknown outcome is never sent again under another key.
 *
 * <p>The rooms: {@link dev.matrix.refunds.Refunds} with its builder and {@code StoredRefunds} is the façade; {@code
 * StoredPayments} and {@code PaymentFollower} record payments; {@code Decisions} decides, over the pure {@code Figures} and
 * {@code Prorating}; {@code Lanes} claims legs and calls providers by {@code Calls}; {@code LegRules} says, without effects,
 * what a leg becomes; {@code Settlements} writes that with ledger and events, and {@code Balances} moves the payment's; {@code
 * DueRefunds} starts what was scheduled and ends approvals that nobody gave; {@code StoredCredits} and the two {@code
 * …Provider}s are shipped providers; {@code RefundsApi} and its neighbours are the HTTP operations.
 *
 * <p>What comes from outside: {@code Notifications} and {@code FeedStep} put what providers name into the {@code Inbox}, and
 * {@code OutsideRefunds} and {@code OutsideDisputes} look it up. A dispute's room: {@code StoredDisputes} records and keeps drafts,
 * {@code DisputeAnswers} fetches and answers over the pure {@code DisputeRules}, {@code DisputeBooks} writes what follows. {@code
 * SealedValues}, {@code Erasure} and {@code Retention} keep and forget what is personal.
 *
 * <p>The path of a refund: a decision reserves its amount and writes its legs in one transaction; a claim leases a leg, notes
 * the attempt and commits; the provider is called outside any transaction; a second transaction settles what it answered if
 * the lease's fence still holds. Whatever is unknown by then is looked up until it is known.
 */
@NullMarked
package dev.matrix.refunds;

import org.jspecify.annotations.NullMarked;
