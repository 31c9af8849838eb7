package dev.matrix.security;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;

/** Reads what {@link RuleScope#text()} wrote. */
final class ScopeText {

    private ScopeText() {}

    static RuleScope parse(String text) {
        if (text.equals("platform")) {
            return RuleScope.platform();
        }
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        return switch (kind) {
            case "owner" -> RuleScope.of(owner(rest));
            case "key" -> RuleScope.key(rest);
            case "group" -> group(rest);
            default -> throw new InvalidRequestException("No scope is written '" + kind + "'.");
        };
    }

    private static RuleScope group(String text) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return RuleScope.group(owner(text.substring(i + 1)), name.toString());
            }
            if (c == '%') {
                i++;
            }
            name.append(text.charAt(i));
        }
        throw new InvalidRequestException("A group's scope ends with its owner.");
    }

    private static Owner owner(String text) {
        int colon = text.indexOf(':');
        String id = text.substring(colon + 1);
        return text.startsWith("user:") ? Owner.user(id) : Owner.partner(id);
    }
}
