package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.KeyRing.SubjectKey;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditFilter;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.spi.AuditRow;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries with what is known of their persons. Whose key is destroyed is shown as erased from that moment on, whatever still stands
 * beside the body; keys are read again for each page.
 */
record AuditReader(AuditStores stores, AuditWriter writer) {

    static final String ERASED = "erased";

    Page<AuditRecord> page(Tx tx, AuditFilter filter, PageRequest page) {
        Persons persons = new Persons(tx);
        return stores.entries().page(tx, filter, page).map(row -> record(row, persons));
    }

    List<AuditRecord> records(Tx tx, List<AuditRow> rows) {
        Persons persons = new Persons(tx);
        return rows.stream().map(row -> record(row, persons)).toList();
    }

    private final class Persons {

        private final Tx tx;
        private final Map<String, Optional<SubjectKey>> known = new HashMap<>();

        Persons(Tx tx) {
            this.tx = tx;
        }

        Optional<SubjectKey> key(@Nullable String pseudonym) {
            return pseudonym == null
                    ? Optional.empty()
                    : known.computeIfAbsent(pseudonym, each -> writer.keys().findSubjectKey(tx, each));
        }
    }

    private AuditRecord record(AuditRow row, Persons persons) {
        AuditBody body = writer.json().decode(row.body(), AuditBody.class);
        Optional<SubjectKey> actor = persons.key(row.actorPseudonym());
        Optional<SubjectKey> target = persons.key(targeted(body));
        boolean actorErased = row.actorPseudonym() != null && actor.isEmpty();
        String owner = row.ownerPseudonym();
        Owner shown = owner != null && persons.key(owner).isEmpty()
                ? new Owner(row.owner().type(), owner)
                : row.owner();
        return new AuditRecord(
                row.id(),
                shown,
                actorErased ? ERASED : row.actor(),
                row.action(),
                row.category(),
                row.success(),
                row.at(),
                actor.map(key -> writer.actorData(key, body)).orElse(Map.of()),
                target.map(key -> writer.targetData(key, body)).orElse(Map.of()),
                new String(row.body(), StandardCharsets.UTF_8));
    }

    private static @Nullable String targeted(AuditBody body) {
        String prefix = AuditBody.personText("");
        return body.targetId().startsWith(prefix) ? body.targetId().substring(prefix.length()) : null;
    }
}
