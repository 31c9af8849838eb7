package dev.matrix.security;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.spi.Transactions;
import dev.matrix.security.spi.AuditCursorStore;
import java.util.Set;

/** The sinks that there are, by name, and how far each has come. */
record AuditSinks(Transactions transactions, AuditCursorStore cursors, Set<String> names) {

    AuditSinks {
        names = Set.copyOf(names);
    }

    /** Has a sink begin again; what is on its way to it may come once more. */
    void replay(String sink, long fromSeq) {
        if (!names.contains(sink)) {
            throw new NotFoundException(
                    "No sink " + sink + "; there are " + names.stream().sorted().toList() + ".");
        }
        if (fromSeq < 0) {
            throw new InvalidRequestException("Entries are numbered from 0; there is none " + fromSeq + ".");
        }
        transactions.inTransaction(tx -> cursors.put(tx, SinkLane.cursor(sink), fromSeq));
    }
}
