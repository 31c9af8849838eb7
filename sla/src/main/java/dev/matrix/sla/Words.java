package dev.matrix.sla;

import java.util.Locale;

/** Constants as JSON and messages spell them. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
