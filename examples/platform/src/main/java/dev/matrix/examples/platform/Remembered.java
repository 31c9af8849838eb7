package dev.matrix.examples.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was found out lately, for those who may ask as often as they like. One caller at a time finds it out anew; the others get
 * what was known before, so that a database that hangs doesn't make them wait one behind the other. Thread-safe.
 */
final class Remembered<T> {

    private record Known<T>(T value, Instant at) {}

    private final Supplier<T> question;
    private final Duration age;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Known<T> known;

    /** @param age how old an answer may be */
    Remembered(Supplier<T> question, Duration age, InstantSource clock) {
        this.question = question;
        this.age = age;
        this.clock = clock;
    }

    T value() {
        Known<T> last = known;
        if (last != null && (isFresh(last) || !asking.tryLock())) {
            return last.value();
        }
        if (last == null) {
            asking.lock();
        }
        try {
            Known<T> meanwhile = known;
            if (meanwhile != null && isFresh(meanwhile)) {
                return meanwhile.value();
            }
            Known<T> found = new Known<>(question.get(), clock.instant());
            known = found;
            return found.value();
        } finally {
            asking.unlock();
        }
    }

    /** A clock that is set back ends it, too. */
    private boolean isFresh(Known<T> known) {
        Duration since = Duration.between(known.at(), clock.instant());
        return !since.isNegative() && since.compareTo(age) < 0;
    }
}
