package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;

/** Whom rules and a policy are for. */
public sealed interface RuleScope {

    /** Everybody. */
    record Platform() implements RuleScope {

        @Override
        public String text() {
            return "platform";
        }
    }

    /** All that an owner's callers do. */
    record Of(Owner owner) implements RuleScope {

        public Of {
            requireNonNull(owner, "owner");
        }

        @Override
        public String text() {
            return "owner:" + owner;
        }
    }

    /** Those of an owner's callers that the host puts into a group, such as {@code admins}. */
    record Group(Owner owner, String name) implements RuleScope {

        public Group {
            requireNonNull(owner, "owner");
            Texts.require("A group's name", name, 64);
        }

        @Override
        public String text() {
            return "group:" + name.replace("%", "%%").replace(":", "%:") + ":" + owner;
        }
    }

    /** One API key, by its id. */
    record Key(String id) implements RuleScope {

        public Key {
            Texts.require("A key's id", id, 128);
        }

        @Override
        public String text() {
            return "key:" + id;
        }
    }

    /** Everybody. */
    static RuleScope platform() {
        return new Platform();
    }

    /** All that an owner's callers do. */
    static RuleScope of(Owner owner) {
        return new Of(owner);
    }

    /** A group of an owner's callers. */
    static RuleScope group(Owner owner, String name) {
        return new Group(owner, name);
    }

    /** One API key, by its id. */
    static RuleScope key(String id) {
        return new Key(id);
    }

    /**
     * What stands for it in rows and events: {@code platform}, {@code owner:user:u_42}, {@code key:key_1}, or {@code
     * group:admins:user:u_42}, whose name is written with {@code %} before each colon and {@code %}. At most 300 characters.
     */
    String text();
}
