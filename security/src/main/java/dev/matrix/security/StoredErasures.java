package dev.matrix.security;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.SecuritySubjectErased;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.core.spi.SubjectKeyStore.SubjectKeyRow;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import dev.matrix.security.spi.ErasureStore;
import dev.matrix.security.spi.ErasureStore.ErasureRow;
import dev.matrix.security.spi.ErasureStore.State;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link Erasures} over its stores. One transaction tells the log, destroys the key, and blanks what stands in the clear; it locks the
 * log's head first, as those who add and release holds do. Whoever was erased and acts again gets a new pseudonym.
 */
record StoredErasures(
        AuditStores audits,
        SecurityStores stores,
        FactorStores factors,
        ErasureStore erasures,
        SubjectKeyStore subjects,
        KeyRing keys,
        AuditLog audit,
        EventLog events,
        InstantSource clock)
        implements Erasures {

    static final int BATCH = 1_000;

    @Override
    public ErasureReceipt erase(Subject subject, Actor by) {
        return audits.transactions().returning(tx -> erase(tx, subject, by));
    }

    @Override
    public ErasureReceipt erase(Tx tx, Subject subject, Actor by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        audits.trees().lockHead(tx, AuditNames.LOG);
        boolean known = subjects.find(tx, subject.owner(), subject.id()).isPresent()
                || !factors.factors().devices(tx, subject.owner(), subject.id()).isEmpty();
        if (!known) {
            return new ErasureReceipt(Outcome.NOTHING_KNOWN, null, null);
        }
        String pseudonym =
                keys.subjectKey(tx, subject.owner(), subject.id(), now).pseudonym();
        Optional<AuditHoldRow> hold = holding(tx, subject.owner());
        if (hold.isPresent()) {
            erasures.put(
                    tx,
                    new ErasureRow(pseudonym, State.DEFERRED, now, hold.get().id()));
            audit.append(tx, told(subject, pseudonym, by, "subject.erasure_deferred"));
            return new ErasureReceipt(Outcome.DEFERRED, pseudonym, hold.get().id());
        }
        eraseNow(tx, subject, pseudonym, by, now);
        return new ErasureReceipt(Outcome.ERASED, pseudonym, null);
    }

    private Optional<AuditHoldRow> holding(Tx tx, Owner owner) {
        return audits.holds().all(tx).stream()
                .filter(hold -> hold.keepsPersons() && hold.owner().equals(owner))
                .findFirst();
    }

    /** The log is told first, while the person still has its pseudonym. */
    private void eraseNow(Tx tx, Subject subject, String pseudonym, Actor by, Instant now) {
        audit.append(tx, told(subject, pseudonym, by, "subject.erased"));
        keys.destroySubjectKey(tx, subject.owner(), subject.id(), now);
        factors.eraseAll(tx, subject);
        String clear = Actor.person(subject).text();
        String blank = AuditBody.personText(pseudonym);
        stores.rules().blankAuthor(tx, clear, blank);
        stores.geoRules().blankAuthor(tx, clear, blank);
        stores.keys().blankAuthor(tx, clear, blank);
        audits.holds().blank(tx, pseudonym);
        audits.entries().blank(tx, pseudonym, BATCH);
        erasures.put(tx, new ErasureRow(pseudonym, State.BLANKING, now, null));
        events.publish(tx, new SecuritySubjectErased(pseudonym, subject.owner(), pseudonym));
    }

    /** It concerns the platform where the person is the owner: an owner that is gone has no pseudonym any more. */
    private static AuditEntry told(Subject subject, String pseudonym, Actor by, String action) {
        boolean itself = subject.id().equals(subject.owner().id());
        return AuditEntry.change(itself ? Owner.platform() : subject.owner(), by, action, "person", pseudonym);
    }

    @Override
    public Page<String> pseudonyms(PageRequest page) {
        return audits.transactions().returning(tx -> erasures.page(tx, page)).map(ErasureRow::pseudonym);
    }

    @Override
    public boolean reapply(String pseudonym, Actor by) {
        return audits.transactions().returning(tx -> reapply(tx, pseudonym, by));
    }

    @Override
    public boolean reapply(Tx tx, String pseudonym, Actor by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        audits.trees().lockHead(tx, AuditNames.LOG);
        Subject restored = subject(tx, pseudonym);
        if (restored != null) {
            eraseNow(tx, restored, pseudonym, by, now);
            return true;
        }
        int blanked = audits.entries().blank(tx, pseudonym, BATCH);
        if (blanked == 0 && erasures.find(tx, pseudonym).isPresent()) {
            return false;
        }
        if (blanked == 0 && subjects.byPseudonym(tx, pseudonym).isEmpty()) {
            throw new NotFoundException("No person has the pseudonym " + pseudonym + ".");
        }
        erasures.put(tx, new ErasureRow(pseudonym, State.BLANKING, now, null));
        return blanked > 0;
    }

    private @Nullable Subject subject(Tx tx, String pseudonym) {
        SubjectKeyRow row = subjects.byPseudonym(tx, pseudonym).orElse(null);
        return row == null || row.owner() == null || row.subjectId() == null
                ? null
                : new Subject(row.owner(), row.subjectId());
    }

    /** For {@link ErasureStep}: erases whom a hold deferred, if it is released. */
    void eraseIfReleased(Tx tx, ErasureRow row, Instant now) {
        audits.trees().lockHead(tx, AuditNames.LOG);
        Subject subject = subject(tx, row.pseudonym());
        if (subject != null && holding(tx, subject.owner()).isEmpty()) {
            eraseNow(tx, subject, row.pseudonym(), Actor.software(ErasureStep.NAME), now);
        }
    }

    /** For {@link ErasureStep}: blanks what is left, or has committed late; returns whether there may be more. */
    boolean blankRest(Tx tx, ErasureRow row, Instant now) {
        boolean more = audits.entries().blank(tx, row.pseudonym(), BATCH) >= BATCH;
        if (!more && !now.isBefore(row.at().plus(ErasureStep.LATE_COMMITS))) {
            erasures.put(tx, new ErasureRow(row.pseudonym(), State.DONE, row.at(), null));
        }
        return more;
    }
}
