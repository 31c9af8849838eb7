package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("I1")
class TaxIdTest {

    @ParameterizedTest
    @CsvSource({
        "de 314 159-262, DE, 314159262",
        "GR 093141591, EL, 093141591",
        "EL93141591, EL, 093141591",
        "BE 777.000.187, BE, 0777000187",
        "CHE-314.159.269 mwst, CH, E314159269MWST",
        "CZ 710319/2745, CZ, 7103192745",
        "ABN 94 314 159 265, AU, 94314159265",
        "IRD 53-141-595, NZ, 53141595",
        "GSTIN 29ABCDE1234F1ZW, IN, 29ABCDE1234F1ZW",
        "UEN 53141592M, SG, 53141592M",
        "BN 83141 5922 RT0001, CA, 831415922RT0001",
        "T5314159265358, JP, T5314159265358",
        "JPT5314159265358, JP, T5314159265358",
        "IE8+79739I, IE, 8+79739I",
        "DE\u00A0314\u2009159\u2011262, DE, 314159262",
    })
    void textsOfOneIdAreOneValue(String text, String prefix, String number) {
        assertThat(TaxId.parse(text)).isEqualTo(new TaxId(prefix, number));
    }

    @ParameterizedTest
    @CsvSource({
        "DE, 314159262, DE314159262",
        "DE, de 314159262, DE314159262",
        "GR, EL 093141591, EL093141591",
        "EL, GR 093141591, EL093141591",
        "AU, ABN 94314159265, AU94314159265",
        "AU, 94314159265, AU94314159265",
        "CH, CHE-314.159.269, CHE314159269",
        "CH, E314159269, CHE314159269",
    })
    void aCountrysIdMayCarryItsPrefix(String country, String text, String id) {
        assertThat(TaxId.of(country, text).text()).isEqualTo(id);
    }

    @Test
    void onlyOnePrefixIsTakenOff() {
        assertThat(TaxId.parse("DEDE314159262").isWellFormed()).isFalse();
        assertThat(TaxId.of("DE", "DEDE314159262").isWellFormed()).isFalse();
        assertThat(new TaxId("DE", "DE314159262").isWellFormed()).isFalse();
    }

    @Test
    void aFrenchKeyThatLooksLikeThePrefixStays() {
        String number = keyed("FR", "314159260");

        assertThat(TaxId.of("FR", number)).isEqualTo(new TaxId("FR", number));
    }

    /** The first SIREN from there on whose key those letters are. */
    private static String keyed(String key, String from) {
        for (int siren = Integer.parseInt(from); ; siren++) {
            if (new TaxId("FR", key + siren).isWellFormed()) {
                return key + siren;
            }
        }
    }

    @Test
    void theNonUnionSchemesNumberIsNoBuyersId() {
        assertThat(TaxId.parse("EU372000041").isWellFormed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DE", "314159262", "D314159262", "DE314159262é", "DE31415_9262", "DE 314 159\n262"})
    void whatCannotBeAnIdIsRefused(String text) {
        assertThatThrownBy(() -> TaxId.parse(text)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aRefusalNamesThePlaceAndNotTheId() {
        assertThatThrownBy(() -> TaxId.parse("DE 314_159_262"))
                .hasMessage("A tax id has letters A to Z and digits; U+005F at place 7 is neither, nor a separator.");
        assertThatThrownBy(() -> new TaxId("DEU", "314159262"))
                .isInstanceOf(InvalidRequestException.class)
                .message()
                .doesNotContain("314");
        assertThatThrownBy(() -> new TaxId("DE", "1".repeat(33))).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> TaxId.parse("D".repeat(129))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void itsTextFormHidesAllButPrefixAndTheLastTwoCharacters() {
        assertThat(TaxId.parse("DE314159262")).hasToString("DE…62");
        assertThat(new TaxId("DE", "7")).hasToString("DE…7");
    }
}
