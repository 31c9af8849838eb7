package dev.matrix.examples.platform;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiExchange;
import dev.matrix.core.api.ApiListener;
import dev.matrix.sla.Outcome;
import dev.matrix.sla.SlaBinding;
import dev.matrix.sla.SlaRecorder;
import dev.matrix.sla.Slas;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The API's own service level: every exchange is a request of the subscription {@code platform-api}, at the pro tier. */
final class OwnServiceLevel implements ApiListener {

    static final String SUBSCRIPTION = "platform-api";

    private final Slas slas;
    private final SlaRecorder recorder;

    OwnServiceLevel(Slas slas) {
        this.slas = slas;
        this.recorder = slas.recorder(SUBSCRIPTION);
    }

    /** Binds it at the first start. */
    void bind(Instant now) {
        boolean bound = slas.ownedBy(Owner.platform()).bindings(PageRequest.first(1_000)).items().stream()
                .anyMatch(binding -> binding.subscriptionId().equals(SUBSCRIPTION));
        if (!bound) {
            slas.bind(SlaBinding.of(SUBSCRIPTION, Owner.platform(), "pro", now.truncatedTo(ChronoUnit.MINUTES)));
        }
    }

    @Override
    public void onExchange(ApiExchange exchange) {
        recorder.record(exchange.nanos(), Outcome.ofHttpStatus(exchange.status()));
    }
}
