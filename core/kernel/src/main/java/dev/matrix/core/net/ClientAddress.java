package dev.matrix.core.net;

import static java.util.Objects.requireNonNull;

/** Whose address a request came from. */
public sealed interface ClientAddress {

    /** It is known. */
    record Resolved(IpAddress address) implements ClientAddress {

        public Resolved {
            requireNonNull(address, "address");
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * It can't be told, so that nobody may be let in by it.
     *
     * @param why for people; holds no text of the header
     */
    record Unresolvable(String why) implements ClientAddress {

        @Override
        public String toString() {
            return UNRESOLVABLE;
        }
    }

    /** What stands for an unresolvable address where a text is needed. */
    String UNRESOLVABLE = "unresolvable";

    /** Reads what {@code toString} wrote; what is no address is unresolvable. */
    static ClientAddress parse(String text) {
        IpAddress address = IpText.candidate(text);
        return address == null ? new Unresolvable("The client's address is unknown.") : new Resolved(address);
    }
}
