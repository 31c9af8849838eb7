/**
 * Refunds and disputes by PayPal's HTTP API, without its SDK.
 *
 * <p>The rooms: {@link dev.matrix.refunds.paypal.PayPalRefunds} is the provider and {@code PayPalDisputes} its disputes; {@code
 * PayPalApi} calls with a token that it keeps until shortly before its end; {@code PayPalReplies} and {@code PayPalDisputeReplies}
 * read what PayPal answers; {@code PayPalNotifications} has its notifications verified and says what they name.
 */
@NullMarked
package dev.matrix.refunds.paypal;

import org.jspecify.annotations.NullMarked;
