package dev.matrix.webhooks;

import dev.matrix.core.OutcomeUnknownException;
import dev.matrix.core.StorageException;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A storage that fails now and then: before the work, before the commit, or after it, so that nobody knows. */
record FlakyTransactions(Transactions sound, RandomGenerator random, BooleanSupplier troubled) implements Transactions {

    private static final double RATE = 0.002;

    @Override
    public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
        if (!troubled.getAsBoolean() || random.nextDouble() >= RATE) {
            return sound.returning(work);
        }
        int when = random.nextInt(3);
        failIf(when == 0, "before the work");
        R result = sound.returning(tx -> {
            R done = work.apply(tx);
            failIf(when == 1, "before the commit");
            return done;
        });
        if (when == 2) {
            throw new OutcomeUnknownException("The answer to the commit was lost.", new IOException());
        }
        return result;
    }

    private static void failIf(boolean now, String when) {
        if (now) {
            throw new StorageException("The connection broke " + when + ".");
        }
    }
}
