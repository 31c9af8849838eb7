package dev.matrix.testkit;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Resealable;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A key ring for nodes that seal nothing. */
final class NoKeys implements KeyRing.Spec, KeyRing, Step {

    @Override
    public Bound bind(Stores stores, StoreClock clock, RandomGenerator random, Supplier<List<Resealable>> resealables) {
        return new Bound(this, this, () -> {});
    }

    @Override
    public boolean ephemeral() {
        return false;
    }

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public Instant run(Instant now) {
        return Instant.MAX;
    }

    @Override
    public void prepare(String purpose) {
        throw sealed();
    }

    @Override
    public byte[] seal(KeyUse use, byte[] plaintext) {
        throw sealed();
    }

    @Override
    public byte[] open(KeyUse use, byte[] sealed) {
        throw sealed();
    }

    @Override
    public boolean isCurrent(KeyUse use, byte[] sealed) {
        throw sealed();
    }

    @Override
    public SubjectKey subjectKey(Tx tx, Owner owner, String subjectId, Instant now) {
        throw sealed();
    }

    @Override
    public Optional<SubjectKey> findSubjectKey(Tx tx, String pseudonym) {
        throw sealed();
    }

    @Override
    public boolean destroySubjectKey(Tx tx, Owner owner, String subjectId, Instant now) {
        throw sealed();
    }

    @Override
    public void rotate(String purpose, Instant now) {
        throw sealed();
    }

    @Override
    public List<KeyVersion> versions() {
        return List.of();
    }

    private static IllegalStateException sealed() {
        return new IllegalStateException("These nodes seal nothing.");
    }
}
