package dev.matrix.core.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.core.spi.Tx;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@link SubjectKeyStore} in memory: rows by pseudonym, and the pseudonym of each living person. */
final class MemorySubjectKeyStore implements SubjectKeyStore {

    private record Person(Owner owner, String subjectId) implements Comparable<Person> {

        private static final Comparator<Person> ORDER =
                Comparator.comparing(Person::owner).thenComparing(Person::subjectId);

        @Override
        public int compareTo(Person other) {
            return ORDER.compare(this, other);
        }
    }

    private final MemoryTable<String, SubjectKeyRow> rows = new MemoryTable<>();
    private final MemoryTable<Person, String> pseudonyms = new MemoryTable<>();

    @Override
    public boolean insertIfAbsent(Tx tx, SubjectKeyRow row) {
        if (row.owner() == null || row.subjectId() == null) {
            throw new IllegalArgumentException("A new subject key names its owner and subject.");
        }
        if (!pseudonyms.putIfAbsent(tx, new Person(row.owner(), row.subjectId()), row.pseudonym())) {
            return false;
        }
        rows.put(tx, row.pseudonym(), row);
        return true;
    }

    @Override
    public Optional<SubjectKeyRow> find(Tx tx, Owner owner, String subjectId) {
        String pseudonym = pseudonyms.get(tx, new Person(owner, subjectId));
        return pseudonym == null ? Optional.empty() : byPseudonym(tx, pseudonym);
    }

    @Override
    public Optional<SubjectKeyRow> byPseudonym(Tx tx, String pseudonym) {
        return Optional.ofNullable(rows.get(tx, pseudonym));
    }

    @Override
    public boolean destroy(Tx tx, Owner owner, String subjectId) {
        String pseudonym = pseudonyms.get(tx, new Person(owner, subjectId));
        return pseudonym != null && destroyByPseudonym(tx, pseudonym);
    }

    @Override
    public boolean destroyByPseudonym(Tx tx, String pseudonym) {
        SubjectKeyRow row = rows.get(tx, pseudonym);
        if (row == null || row.owner() == null || row.subjectId() == null) {
            return false;
        }
        pseudonyms.remove(tx, new Person(row.owner(), row.subjectId()));
        rows.put(tx, pseudonym, new SubjectKeyRow(pseudonym, null, null, null, row.keyVersion(), row.createdAt()));
        return true;
    }

    @Override
    public List<SubjectKeyRow> wrappedBefore(Tx tx, int version, int limit) {
        return rows.rows(tx).values().stream()
                .filter(row -> row.wrapped() != null && row.keyVersion() < version)
                .limit(limit)
                .toList();
    }

    @Override
    public boolean rewrap(Tx tx, String pseudonym, int expectedVersion, byte[] wrapped, int newVersion) {
        SubjectKeyRow row = rows.get(tx, pseudonym);
        if (row == null || row.wrapped() == null || row.keyVersion() != expectedVersion) {
            return false;
        }
        rows.put(
                tx,
                pseudonym,
                new SubjectKeyRow(pseudonym, row.owner(), row.subjectId(), wrapped, newVersion, row.createdAt()));
        return true;
    }
}
