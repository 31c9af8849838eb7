package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.security.spi.AddressTrait;
import dev.matrix.security.spi.GeoRecord;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which addresses a rule is about, by where they are or what they are used for. */
public sealed interface GeoMatch {

    /** Which of the countries that a source knows of an address. */
    enum CountryField {
        /** Where it is. */
        COUNTRY,
        /** Where its network is registered. */
        REGISTERED,
        /** Whose it is abroad, such as an embassy's. */
        REPRESENTED
    }

    /**
     * Those of a country. None of the fields stands in for another.
     *
     * @param code ISO 3166-1 alpha-2 or {@code XK}, in any case
     */
    record Country(String code, CountryField field) implements GeoMatch {

        public Country {
            code = CountryCode.require(code);
            requireNonNull(field, "field");
        }

        @Override
        public boolean matches(GeoRecord record) {
            @Nullable
            String found = switch (field) {
                case COUNTRY -> record.country();
                case REGISTERED -> record.registeredCountry();
                case REPRESENTED -> record.representedCountry();
            };
            return code.equals(CountryCode.known(found));
        }

        @Override
        public String text() {
            return field.name().toLowerCase(Locale.ROOT) + ":" + code;
        }
    }

    /**
     * Those of a continent.
     *
     * @param code {@code AF}, {@code AN}, {@code AS}, {@code EU}, {@code NA}, {@code OC} or {@code SA}, in any case
     */
    record Continent(String code) implements GeoMatch {

        private static final Set<String> CODES = Set.of("AF", "AN", "AS", "EU", "NA", "OC", "SA");

        public Continent {
            code = code.toUpperCase(Locale.ROOT);
            if (!CODES.contains(code)) {
                throw new InvalidRequestException("A continent is AF, AN, AS, EU, NA, OC or SA.");
            }
        }

        @Override
        public boolean matches(GeoRecord record) {
            return code.equals(record.continent());
        }

        @Override
        public String text() {
            return "continent:" + code;
        }
    }

    /** Those in the European Union. */
    record EuropeanUnion() implements GeoMatch {

        @Override
        public boolean matches(GeoRecord record) {
            return record.europeanUnion();
        }

        @Override
        public String text() {
            return "european_union";
        }
    }

    /**
     * Those of an autonomous system.
     *
     * @param number 1 to 4,294,967,294
     */
    record Asn(long number) implements GeoMatch {

        private static final long LARGEST = 4_294_967_294L;

        public Asn {
            if (number < 1 || number > LARGEST) {
                throw new InvalidRequestException(
                        "The number of an autonomous system is 1 to " + LARGEST + "; " + number + " is not.");
            }
        }

        @Override
        public boolean matches(GeoRecord record) {
            return record.asn() != null && record.asn() == number;
        }

        @Override
        public String text() {
            return "asn:" + number;
        }
    }

    /** Those used for something. */
    record Trait(AddressTrait trait) implements GeoMatch {

        public Trait {
            requireNonNull(trait, "trait");
        }

        @Override
        public boolean matches(GeoRecord record) {
            return record.traits().contains(trait);
        }

        @Override
        public String text() {
            return "trait:" + trait;
        }
    }

    /** Those that are in a country. */
    static GeoMatch country(String code) {
        return new Country(code, CountryField.COUNTRY);
    }

    /** Those of a continent. */
    static GeoMatch continent(String code) {
        return new Continent(code);
    }

    /** Those in the European Union. */
    static GeoMatch europeanUnion() {
        return new EuropeanUnion();
    }

    /** Those of an autonomous system. */
    static GeoMatch asn(long number) {
        return new Asn(number);
    }

    /** Those used for something. */
    static GeoMatch trait(AddressTrait trait) {
        return new Trait(trait);
    }

    /** Whether it is about the addresses of that record. */
    boolean matches(GeoRecord record);

    /** What stands for it in rows and for people: {@code country:DE}, {@code registered:DE}, {@code asn:64500}, {@code trait:TOR}. */
    String text();
}
