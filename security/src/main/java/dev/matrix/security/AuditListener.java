package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiExchange;
import dev.matrix.core.api.ApiListener;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells the audit log of each exchange that writes, buffered, and of each that was refused, counted per minute: strangers can cause
 * refusals at will.
 */
record AuditListener(AuditLog audit, Tally tally) implements ApiListener {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Actor NOBODY = Actor.software("unauthenticated");

    @Override
    public void onExchange(ApiExchange exchange) {
        Owner owner = exchange.account() == null ? Owner.platform() : exchange.account();
        if (exchange.status() == 401 || exchange.status() == 403) {
            tally.count(owner, alike(exchange), entry(exchange, owner));
        } else if (!READING.contains(exchange.method())) {
            audit.appendBuffered(entry(exchange, owner));
        }
    }

    private static String alike(ApiExchange exchange) {
        return exchange.operation() + " " + exchange.status() + " " + exchange.principal();
    }

    private static AuditEntry entry(ApiExchange exchange, Owner owner) {
        Map<String, String> data = new HashMap<>();
        data.put("status", Integer.toString(exchange.status()));
        if (exchange.code() != null) {
            data.put("problem", exchange.code());
        }
        return AuditEntry.of(
                        owner,
                        exchange.principal() == null ? NOBODY : Actor.key(exchange.principal()),
                        "api.called",
                        Category.ACCESS,
                        new Target("operation", exchange.operation() == null ? "" : exchange.operation()))
                .level(SecurityLevel.LOW)
                .success(exchange.status() < 400)
                .requestId(exchange.requestId())
                .data(data);
    }
}
