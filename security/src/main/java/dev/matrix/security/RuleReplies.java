package dev.matrix.security;

import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.net.ClientAddress;
import dev.matrix.core.net.IpAddress;
import dev.matrix.security.SecurityViews.RuleChangeView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operations on rules and policies share: who changes, and what he is told. */
final class RuleReplies {

    static final String UNCONFIRMED = "confirmation_required";
    static final String UNCONFIRMED_TITLE = "The change may lock people out";

    private RuleReplies() {}

    /** @param callerAddress who must not be locked out; null, or not an operator's word: the call's own address */
    static Change change(ApiContext context, boolean dryRun, boolean confirmed, @Nullable String callerAddress) {
        IpAddress address = null;
        if (callerAddress != null && context.principal().operator()) {
            address = IpAddress.parse(callerAddress);
        } else if (ClientAddress.parse(context.clientAddress()) instanceof ClientAddress.Resolved known) {
            address = known.address();
        }
        return new Change(Actor.key(context.principal().id()), dryRun, confirmed, address);
    }

    static RuleChangeView told(ApiContext context, RuleChange change) {
        if (change instanceof RuleChange.NeedsConfirmation unsure) {
            throw ApiProblem.of(409, UNCONFIRMED, unsure.why() + " Repeat it with confirmed: true if that is meant.");
        }
        if (change instanceof RuleChange.WouldApply would) {
            context.status(200);
            return new RuleChangeView(false, List.of(), would.warnings());
        }
        RuleChange.Applied applied = (RuleChange.Applied) change;
        return new RuleChangeView(true, applied.ids(), applied.warnings());
    }
}
