package dev.matrix.tax.id;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.tax.spi.TaxIdVerifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A register of a test's, for DE, DK and BR: down until it is told what to say. */
final class Register implements TaxIdVerifier {

    static final TaxIdAnswer DOWN = new TaxIdAnswer.Unavailable("MS_UNAVAILABLE");

    private final Map<String, TaxIdAnswer> answers = new HashMap<>();
    private final List<TaxId> asked = new ArrayList<>();
    private Runnable during = () -> {};

    void says(String prefix, TaxIdAnswer answer) {
        answers.put(prefix, answer);
    }

    /** Runs something while a call is under way. */
    void during(Runnable action) {
        this.during = action;
    }

    List<TaxId> asked() {
        return asked;
    }

    @Override
    public Set<String> prefixes() {
        return Set.of("DE", "DK", "BR");
    }

    @Override
    public TaxIdAnswer verify(TaxId id, @Nullable TaxId requester, HttpTransport transport) {
        asked.add(id);
        during.run();
        return answers.getOrDefault(id.prefix(), DOWN);
    }
}
