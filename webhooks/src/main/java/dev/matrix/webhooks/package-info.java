/**
 * Webhooks from the event log: endpoints, deliveries and their attempts.
 *
 * <p>An event goes through {@code WebhookRouter}, which writes one delivery row per matching endpoint in the publisher's transaction; after
 * the commit {@code Handover} gives it to the {@code Lane} of its endpoint on the node that leases that endpoint, and {@code Feed} finds
 * all others in the store; {@code Dispatcher} sends what is ready; {@code OutcomeRules} make a {@code Verdict} of what came back; {@code
 * Flush} stores it. The rooms:
 *
 * <ul>
 *   <li>façade: {@code Webhooks}, its builder, {@code StoredWebhooks}; over HTTP {@code WebhooksApi} and the {@code *Operations};
 *   <li>endpoints: {@code Registrations}, {@code Rotations}, {@code EndpointRules}, {@code TargetRules}, {@code EndpointChanges};
 *   <li>routing: {@code WebhookRouter}, {@code RoutingTable}, {@code RouteRefresh}, {@code InstalledFilters};
 *   <li>sending: {@code Lanes} of {@code Lane} ({@code LaneSupply}, {@code LaneQueue}, {@code LanePace}), {@code Leasing}, {@code Feed},
 *       {@code Handover}, {@code Dispatcher}, {@code Requests}, {@code Breaker}, {@code Shares};
 *   <li>outcomes: {@code OutcomeRules}, {@code Verdict}, {@code Landing}, {@code Flush}, {@code RetryPolicy};
 *   <li>repairs: {@code DeliveryDesk}, {@code Recoveries}, {@code RecoveryStep}, {@code MissedEvents}, {@code TestEvents}, {@code Retention}.
 * </ul>
 *
 * <p>Signatures and the receiver's verifier are in {@link dev.matrix.webhooks.signing}.
 */
@NullMarked
package dev.matrix.webhooks;

import org.jspecify.annotations.NullMarked;
