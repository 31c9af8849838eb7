package dev.matrix.security;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.util.List;

/**
 * The rules about addresses, the rules about where they are, and the policies of the platform, of owners, of their groups and of API keys. A change counts on
 * every node 2 seconds after its commit. Thread-safe.
 */
public interface AccessRules {

    /**
     * Adds a rule: at most 100,000 of the platform's, 1,000 in each other scope, 10,000 an owner, 100 groups an owner. A live
     * rule with the same range and action answers with its own id; an expired one is replaced.
     *
     * @return NeedsConfirmation where it allows a whole family of addresses or would keep the actor out
     * @throws dev.matrix.core.InvalidRequestException where its end has passed, or a limit is reached
     * @throws dev.matrix.core.ConflictException where a live rule with the same range and action has another note or end
     * @throws dev.matrix.core.NotFoundException where its scope is of a key that isn't there
     */
    RuleChange add(IpRule rule, Change how);

    /** As {@link #add(IpRule, Change)}, in the caller's transaction. */
    RuleChange add(Tx tx, IpRule rule, Change how);

    /**
     * Adds a rule about where addresses are: at most 1,000 in each scope. Otherwise as {@link #add(IpRule, Change)}.
     *
     * @throws dev.matrix.core.InvalidRequestException where {@link SecurityBuilder#geo} was given no source: the rule could have no
     *     effect
     */
    RuleChange add(GeoRule rule, Change how);

    /** As {@link #add(GeoRule, Change)}, in the caller's transaction. */
    RuleChange add(Tx tx, GeoRule rule, Change how);

    /**
     * Removes a rule, of either kind.
     *
     * @return NeedsConfirmation where it is the last that lets anybody in, or would keep the actor out
     * @throws dev.matrix.core.NotFoundException where there is none
     */
    RuleChange remove(String id, Change how);

    /** As {@link #remove(String, Change)}, in the caller's transaction. */
    RuleChange remove(Tx tx, String id, Change how);

    /**
     * Adds many rules, all or none.
     *
     * @param scope where to; the rules' own scopes are ignored
     * @param replaceAll whether the scope's other rules are removed
     */
    RuleChange importIpRules(RuleScope scope, List<IpRule> rules, boolean replaceAll, Change how);

    /** As {@link #importIpRules(RuleScope, List, boolean, Change)}, in the caller's transaction. */
    RuleChange importIpRules(Tx tx, RuleScope scope, List<IpRule> rules, boolean replaceAll, Change how);

    /** A scope's rules in the order of their ids, which is that of their making; expired ones too. */
    Page<IpRule> ipRules(RuleScope scope, PageRequest page);

    /** A scope's geo rules in the order of their ids, expired ones too. */
    Page<GeoRule> geoRules(RuleScope scope, PageRequest page);

    /** A scope's policy; {@link AccessPolicy#standard} where it was never changed. */
    AccessPolicy policy(RuleScope scope);

    /**
     * Replaces a scope's policy.
     *
     * @param policy with the version that was read
     * @throws dev.matrix.core.ConflictException where it has changed since
     */
    RuleChange replacePolicy(AccessPolicy policy, Change how);

    /** As {@link #replacePolicy(AccessPolicy, Change)}, in the caller's transaction. */
    RuleChange replacePolicy(Tx tx, AccessPolicy policy, Change how);
}
