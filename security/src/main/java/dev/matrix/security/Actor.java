package dev.matrix.security;

import static java.util.Objects.requireNonNull;

/** Who makes a change. */
public sealed interface Actor {

    /** A person. */
    record Person(Subject subject) implements Actor {

        public Person {
            requireNonNull(subject, "subject");
        }

        @Override
        public String text() {
            return "person:" + subject.owner() + "/" + subject.id();
        }
    }

    /** An API key, by its id. */
    record Key(String id) implements Actor {

        public Key {
            Texts.require("An actor's key id", id, 128);
        }

        @Override
        public String text() {
            return "key:" + id;
        }
    }

    /** A part of the host's software, such as {@code nightly-import}. */
    record Software(String name) implements Actor {

        public Software {
            Texts.require("The name of an acting software", name, 128);
        }

        @Override
        public String text() {
            return "software:" + name;
        }
    }

    /** A person. */
    static Actor person(Subject subject) {
        return new Person(subject);
    }

    /** An API key, by its id. */
    static Actor key(String id) {
        return new Key(id);
    }

    /** A part of the host's software. */
    static Actor software(String name) {
        return new Software(name);
    }

    /**
     * For rows and events: {@code person:user:u_42/alice}, whose owner stands before the id as an id alone may be several owners'; {@code
     * key:…} or {@code software:…}. At most 300 characters.
     */
    String text();
}
