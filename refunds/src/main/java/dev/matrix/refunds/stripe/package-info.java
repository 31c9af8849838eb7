/**
 * Refunds and disputes by Stripe's HTTP API, without its SDK.
 *
 * <p>The rooms: {@link dev.matrix.refunds.stripe.StripeRefunds} is the provider and {@code StripeDisputes} its disputes; {@code
 * StripeReplies} and {@code StripeDisputeReplies} read what Stripe answers, {@code StripeCurrencies} knows how it counts; {@code
 * StripeSignature} and {@code StripeEvents} verify its notifications and say what they name.
 */
@NullMarked
package dev.matrix.refunds.stripe;

import org.jspecify.annotations.NullMarked;
