/**
 * How a webhook's request is signed and verified. Needs nothing of Matrix but its exceptions, so that a receiver can use it alone.
 *
 * <ul>
 *   <li>the sender: a {@link dev.matrix.webhooks.signing.SigningKey} (a shared secret or an Ed25519 key pair), and
 *       {@link dev.matrix.webhooks.signing.Signatures}, which makes a request's headers by an endpoint's schemes and keys;
 *   <li>the receiver: {@link dev.matrix.webhooks.signing.WebhookVerifier}, whose answer is a
 *       {@link dev.matrix.webhooks.signing.Verification};
 *   <li>what both use: the written forms of keys, HMAC and Ed25519, which the JDK computes.
 * </ul>
 */
@NullMarked
package dev.matrix.webhooks.signing;

import org.jspecify.annotations.NullMarked;
