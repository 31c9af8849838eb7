package dev.matrix.security;

import java.util.List;

/** What came of a change of rules or of a policy. */
public sealed interface RuleChange {

    /**
     * It is made.
     *
     * @param ids of the rules that were added, of those that were there already, or of the one removed; none of a policy
     * @param warnings what may not be meant; for people
     */
    record Applied(List<String> ids, List<String> warnings) implements RuleChange {

        public Applied {
            ids = List.copyOf(ids);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It would be made; nothing was written.
     *
     * @param warnings what may not be meant; for people
     */
    record WouldApply(List<String> warnings) implements RuleChange {

        public WouldApply {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It isn't made: it would let everybody in, or lock out the actor or everybody. Repeat it with {@link Change#confirm()}.
     *
     * @param why for people
     */
    record NeedsConfirmation(String why) implements RuleChange {}
}
