package dev.matrix.core.keys;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The ring that features see: values by {@link DomainSeals}, persons by {@link SubjectKeys}, versions by {@link DataKeys}. */
final class EnvelopeKeyRing implements KeyRing {

    private final DataKeys keys;
    private final DomainSeals seals;
    private final SubjectKeys subjects;
    private final InstantSource clock;

    EnvelopeKeyRing(DataKeys keys, DomainSeals seals, SubjectKeys subjects, InstantSource clock) {
        this.keys = keys;
        this.seals = seals;
        this.subjects = subjects;
        this.clock = clock;
    }

    @Override
    public void prepare(String purpose) {
        keys.prepare(purpose, clock.instant());
    }

    @Override
    public byte[] seal(KeyUse use, byte[] plaintext) {
        return seals.seal(use, plaintext);
    }

    @Override
    public byte[] open(KeyUse use, byte[] sealed) {
        return seals.open(use, sealed);
    }

    @Override
    public boolean isCurrent(KeyUse use, byte[] sealed) {
        return seals.isCurrent(use, sealed);
    }

    @Override
    public SubjectKey subjectKey(Tx tx, Owner owner, String subjectId, Instant now) {
        return subjects.findOrCreate(tx, owner, subjectId, now);
    }

    @Override
    public Optional<SubjectKey> findSubjectKey(Tx tx, String pseudonym) {
        return subjects.byPseudonym(tx, pseudonym);
    }

    @Override
    public boolean destroySubjectKey(Tx tx, Owner owner, String subjectId, Instant now) {
        return subjects.destroy(tx, owner, subjectId);
    }

    @Override
    public boolean destroySubjectKey(Tx tx, String pseudonym) {
        return subjects.destroy(tx, pseudonym);
    }

    @Override
    public void rotate(String purpose, Instant now) {
        keys.rotate(purpose, now);
    }

    @Override
    public List<KeyVersion> versions() {
        return keys.purposes().stream()
                .flatMap(purpose -> keys.versions(purpose).values().stream())
                .map(KnownKey::row)
                .map(row -> new KeyVersion(row.purpose(), row.version(), row.state(), row.kekId()))
                .toList();
    }
}
