package dev.matrix.webhooks;

import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.StoredEvent;
import org.jspecify.annotations.Nullable;

/** An event on its way to endpoints, with the view of its body made once, when a filter first asks. Of one thread. */
final class RoutedEvent {

    private final StoredEvent stored;
    private final Requests requests;
    private byte @Nullable [] view;

    RoutedEvent(StoredEvent stored, Requests requests) {
        this.stored = stored;
        this.requests = requests;
    }

    BillingEvent event() {
        return stored.event();
    }

    StoredEvent stored() {
        return stored;
    }

    byte[] view() {
        byte[] made = view;
        if (made == null) {
            made = FilterView.of(requests.body(stored, BodyStyle.FULL));
            view = made;
        }
        return made;
    }
}
