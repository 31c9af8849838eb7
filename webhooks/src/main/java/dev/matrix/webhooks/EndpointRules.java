package dev.matrix.webhooks;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventCatalog;
import dev.matrix.core.event.EventPattern;
import dev.matrix.webhooks.spi.FilterEngine;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What an endpoint may be set to on this platform. */
record EndpointRules(
        TargetRules targets,
        EventCatalog types,
        FilterEngine filters,
        String stripeHeader,
        int endpointsPerOwner,
        Duration eventRetention) {

    /** The endpoint's settings, once they are found to be allowed. */
    EndpointSettings checked(Endpoint endpoint) {
        EndpointSettings settings = endpoint.settings();
        targets.check(settings.url());
        CustomHeaders.checkSpares(stripeHeader, endpoint.headers());
        settings.events().forEach(pattern -> types.check(new EventPattern(pattern)));
        String filter = settings.filter();
        if (filter != null) {
            filters.check(filter);
        }
        checkOutlived(settings.retry());
        return settings;
    }

    /**
     * All filters of an owner together, once they are known; each was found to be allowed.
     *
     * @throws dev.matrix.webhooks.spi.FilterTooComplexException where each of the owner's events would cost too much
     */
    void checkTogether(Stream<EndpointSettings> endpoints) {
        List<String> all =
                endpoints.map(EndpointSettings::filter).filter(Objects::nonNull).toList();
        if (!all.isEmpty()) {
            filters.checkTogether(all);
        }
    }

    /** An event is kept for as long as a delivery of it may still be tried. */
    private void checkOutlived(RetryPolicy retry) {
        if (eventRetention.compareTo(retry.reach()) < 0) {
            throw new InvalidRequestException("Events are kept for " + eventRetention + ", yet this schedule may try a"
                    + " delivery for " + retry.reach() + "; shorten it, or raise Matrix.builder().eventRetention(…).");
        }
    }

    void checkUnchanged(Owner owner, Endpoint changed) {
        if (!changed.owner().equals(owner)) {
            throw new InvalidRequestException("An endpoint's owner can't change; register another endpoint.");
        }
        if (changed.secret() != null) {
            throw new InvalidRequestException("A secret is changed by rotating it, not by an update.");
        }
    }
}
