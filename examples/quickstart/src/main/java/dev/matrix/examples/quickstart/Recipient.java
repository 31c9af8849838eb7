package dev.matrix.examples.quickstart;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.webhooks.Endpoint;
import dev.matrix.webhooks.EndpointStatus;
import dev.matrix.webhooks.EndpointView;
import dev.matrix.webhooks.RetryPolicy;
import dev.matrix.webhooks.Webhooks;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who gets webhooks: an owner's endpoint.
 *
 * @param role what the receiver is told, in a header of the endpoint's own
 * @param patterns the events that it wants
 */
record Recipient(String role, Owner owner, List<String> patterns) {

    /** The header that names the role. */
    static final String ROLE_HEADER = "Quickstart-Endpoint";

    static final String USER = "user";
    static final String PARTNER = "partner";

    /** Usage comes in volumes, so {@code *} leaves it out: who wants it says so. */
    private static final List<String> USER_EVENTS = List.of("*", "usage.recorded");

    private static final List<String> PARTNER_EVENTS = List.of("invoice.*", "payment.*", "partner.*", "payout.*");

    /** Short, so that a run ends in seconds; {@link RetryPolicy#standard()} goes on for three days. */
    private static final RetryPolicy RETRIES =
            RetryPolicy.exponential(Duration.ofMillis(200), 2, Duration.ofSeconds(2), 12);

    /** The first user and the first partner whom the events concern or are visible to. */
    static List<Recipient> of(List<EventFile.Entry> entries) {
        List<Recipient> recipients = new ArrayList<>();
        owners(entries, Owner.Type.USER).findFirst().ifPresent(owner -> {
            recipients.add(new Recipient(USER, owner, USER_EVENTS));
        });
        owners(entries, Owner.Type.PARTNER).findFirst().ifPresent(owner -> {
            recipients.add(new Recipient(PARTNER, owner, PARTNER_EVENTS));
        });
        return recipients;
    }

    private static Stream<Owner> owners(List<EventFile.Entry> entries, Owner.Type type) {
        return entries.stream()
                .map(EventFile.Entry::draft)
                .flatMap(draft -> Stream.concat(Stream.of(draft.payload().owner()), draft.visibleTo().stream()))
                .filter(owner -> owner.type() == type);
    }

    /** The endpoint, yet without a secret of the receiver's. */
    Endpoint endpoint(URI url) {
        return Endpoint.to(url)
                .ownedBy(owner)
                .events(patterns.toArray(String[]::new))
                .header(ROLE_HEADER, role)
                .retry(RETRIES);
    }

    /**
     * Registers the endpoint, or finds the one of an earlier run. That one's URL is set anew, as the local receiver gets
     * another port each time: a request uses the URL of its moment, so what an earlier run left open goes there too.
     */
    EndpointView register(Webhooks webhooks, URI url, String secret) {
        List<EndpointView> known =
                webhooks.endpoints(owner, PageRequest.first(1)).items();
        if (known.isEmpty()) {
            return webhooks.register(endpoint(url).secret(secret)).endpoint();
        }
        EndpointView found = known.get(0);
        webhooks.update(owner, found.id(), found.version(), endpoint -> endpoint.url(url));
        return webhooks.setStatus(owner, found.id(), EndpointStatus.ACTIVE);
    }
}
