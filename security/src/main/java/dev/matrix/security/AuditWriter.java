package dev.matrix.security;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyRing.SubjectKey;
import dev.matrix.core.spi.SealBrokenException;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes an entry's body, once and as bytes, so that what is hashed is what was written, and its row in the queue. It takes no lock and no
 * counter: numbers come after the commit. Persons and owners stand in bodies by pseudonyms, and what is known of them is sealed by their
 * own keys, so that an erasure takes no byte out of the log.
 */
record AuditWriter(AuditStores stores, KeyRing keys, JsonCodec json, InstantSource clock) {

    private static final int LONGEST_BODY = 65_535;
    /** What is shown where a seal is broken: one altered entry doesn't keep others from being read. */
    private static final Map<String, String> UNREADABLE =
            Map.of("unreadable", "The seal is broken: it was altered, or sealed by another key.");

    private static final String ACTOR = " actor";
    private static final String TARGET = " target";

    /** The keys of persons that one transaction has asked for: read from the store once, and kept no longer than that. */
    final class Persons {

        private final Tx tx;
        private final Instant now;
        private final Map<Subject, SubjectKey> known = new HashMap<>();

        private Persons(Tx tx, Instant now) {
            this.tx = tx;
            this.now = now;
        }

        SubjectKey key(Subject subject) {
            return known.computeIfAbsent(subject, person -> keys.subjectKey(tx, person.owner(), person.id(), now));
        }

        /** Null: the platform, which is no person. */
        @Nullable
        String pseudonym(Owner owner) {
            return owner.equals(Owner.platform())
                    ? null
                    : key(new Subject(owner, owner.id())).pseudonym();
        }
    }

    /** For the entries of one transaction. */
    Persons persons(Tx tx) {
        return new Persons(tx, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Appends an entry; what has that id already stays as it is. */
    void write(Tx tx, Persons persons, AuditEntry entry, String action, String id) {
        String ownerPseudonym = persons.pseudonym(entry.owner());
        SubjectKey actor = entry.actor() instanceof Actor.Person person ? persons.key(person.subject()) : null;
        Subject targeted = entry.target().person();
        SubjectKey target = targeted == null ? null : persons.key(targeted);
        byte[] body = json.encode(new AuditBody(
                AuditBody.VERSION,
                action,
                id,
                persons.now,
                AuditBody.ownerText(entry.owner(), ownerPseudonym),
                actor == null ? entry.actor().text() : AuditBody.personText(actor.pseudonym()),
                entry.category(),
                entry.level(),
                entry.success(),
                entry.target().type(),
                target == null ? entry.target().id() : AuditBody.personText(target.pseudonym()),
                entry.requestId(),
                new TreeMap<>(entry.data()),
                sealed(actor, id + ACTOR, entry.actorData()),
                sealed(target, id + TARGET, entry.targetData())));
        if (body.length > LONGEST_BODY) {
            throw new InvalidRequestException("An entry has at most " + LONGEST_BODY + " bytes; this one of " + action
                    + " has " + body.length + ". Leave some of its data out.");
        }
        AuditRow row = new AuditRow(
                id,
                entry.owner(),
                ownerPseudonym,
                entry.actor().text(),
                actor == null ? null : actor.pseudonym(),
                action,
                entry.category().name(),
                entry.success(),
                persons.now,
                body);
        if (stores.entries().insert(tx, row)) {
            stores.queue().enqueue(tx, AuditNames.LOG, id, persons.now);
        }
    }

    private @Nullable String sealed(@Nullable SubjectKey key, String recordId, Map<String, String> data) {
        return key == null || data.isEmpty()
                ? null
                : Base64.getEncoder().encodeToString(key.seal(recordId, json.encode(new Known(new TreeMap<>(data)))));
    }

    /** What is known of a person, as it is sealed. */
    record Known(Map<String, String> data) {}

    /** What was sealed of the person who acts. */
    Map<String, String> actorData(SubjectKey key, AuditBody body) {
        return opened(key, body.id() + ACTOR, body.actorData());
    }

    /** What was sealed of the person that it was done to. */
    Map<String, String> targetData(SubjectKey key, AuditBody body) {
        return opened(key, body.id() + TARGET, body.targetData());
    }

    private Map<String, String> opened(SubjectKey key, String recordId, @Nullable String sealed) {
        if (sealed == null) {
            return Map.of();
        }
        try {
            return json.decode(key.open(recordId, Base64.getDecoder().decode(sealed)), Known.class)
                    .data();
        } catch (SealBrokenException e) {
            return UNREADABLE;
        }
    }
}
