package dev.matrix.tax.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.tax.TaxId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("I4")
class FormatsTest {

    private static final String DIGITS = "0123456789";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    static Stream<String> oracle() {
        return Stream.of(
                "ATU13579135",
                "BE0777000187",
                "BG170024603",
                "CY10002461A",
                "CZ27002462",
                "DE314159262",
                "DK31415926",
                "EE103141594",
                "EL093141591",
                "ESB31415920",
                "FI21415926",
                "FR87314159260",
                "HR31415926539",
                "HU31415929",
                "IE3141592S",
                "IT31415920011",
                "LT314159211",
                "LU31415978",
                "LV43141592656",
                "MT31415027",
                "NL314159265B01",
                "PL3141592659",
                "PT514159260",
                "RO31415920",
                "SE556314159601",
                "SI31415920",
                "SK2031415903",
                "GB314159228",
                "CHE314159269",
                "NO931415921MVA",
                "ABN 94314159265",
                "IRD 53141595",
                "GSTIN 29ABCDE1234F1ZW",
                "UEN 53141592M",
                "BN 831415922",
                "T5314159265358");
    }

    @ParameterizedTest
    @MethodSource("oracle")
    @Tag("MT29")
    void eachIdOfTheListIsAccepted(String text) {
        assertThat(TaxId.parse(text).isWellFormed()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("oracle")
    @Tag("MT29")
    void anotherLastCharacterIsRefused(String text) {
        TaxId id = TaxId.parse(text);
        int last = switch (id.prefix()) {
            case "NO" -> id.number().indexOf('M') - 1;
            case "NL" -> id.number().indexOf('B') - 1;
            default -> id.number().length() - 1;
        };
        char right = id.number().charAt(last);
        for (char other : (DIGITS.indexOf(right) >= 0 ? DIGITS : LETTERS).toCharArray()) {
            String changed =
                    id.number().substring(0, last) + other + id.number().substring(last + 1);
            assertThat(Formats.accepts(id.prefix(), changed)).as(changed).isEqualTo(other == right);
        }
    }

    /** Numbers that tax offices, registers and companies have published, one or more a form. */
    @ParameterizedTest
    @CsvSource({
        "AT, U13585627",
        "BE, 0403019261",
        "BG, 175074752",
        "BG, 7523169263",
        "BG, 7111042925",
        "CH, E107787577",
        "CH, E107787577IVA",
        "CY, 10259033P",
        "CZ, 25123891",
        "CZ, 640903926",
        "CZ, 7103192745",
        "CZ, 991231123",
        "DE, 136695976",
        "DK, 13585628",
        "EE, 100931558",
        "EL, 023456780",
        "ES, 54362315K",
        "ES, X5253868R",
        "ES, B64717838",
        "ES, J99216582",
        "FI, 20774740",
        "FR, 40303265045",
        "FR, K7399859412",
        "FR, 4Z123456782",
        "FR, 53000004605",
        "GB, 980780684",
        "GB, 980780684001",
        "GB, GD001",
        "GB, HA599",
        "XI, 980780684",
        "HR, 33392005961",
        "HU, 12892312",
        "IE, 6433435F",
        "IE, 8D79739I",
        "IE, 1113571MH",
        "IT, 00743110157",
        "LT, 119511515",
        "LT, 100001919017",
        "LT, 100004801610",
        "LU, 15027442",
        "LV, 40003521600",
        "LV, 16117519997",
        "MT, 11679112",
        "NL, 004495445B01",
        "NL, 002455799B11",
        "NO, 995525828MVA",
        "NO, 995525828",
        "PL, 8567346215",
        "PT, 501964843",
        "RO, 18547290",
        "RO, 1630615123457",
        "SE, 123456789701",
        "SI, 50223054",
        "SK, 2022749619",
        "SK, 7103192745",
        "SK, 0503141001",
        "AU, 83914571673",
        "AU, 51824753556",
        "CA, 123026635",
        "CA, 123026635RT0001",
        "CA, 1012345678TQ0001",
        "IN, 27AAPFU0939F1ZV",
        "JP, T5835678256246",
        "NZ, 49091850",
        "NZ, 49098576",
        "NZ, 136410132",
        "SG, 00192200M",
        "SG, 197401143C",
        "SG, S16FC0121D",
        "SG, F00056789H",
        "AE, 100123456700003",
        "SA, 300123456700003"
    })
    void eachFormIsAccepted(String prefix, String number) {
        assertThat(Formats.accepts(prefix, number)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "AT, 13585627",
        "AT, U13585626",
        "BE, 2403019261",
        "BG, 7523169264",
        "BG, 7553169260",
        "CH, E107787577VAT",
        "CY, 12000139V",
        "CZ, 95123891",
        "CZ, 7103192746",
        "CZ, 7141192747",
        "CZ, 590312123",
        "CZ, 640903927",
        "DE, 036695976",
        "DK, 03585628",
        "ES, 54362315L",
        "ES, X5253868S",
        "ES, A6471783C",
        "ES, N64717838",
        "ES, O1234567L",
        "FR, IO334175221",
        "FR, 4Y123456782",
        "FR, 53000004606",
        "FR, 84323140391",
        "GB, 802311781",
        "GB, GD500",
        "GB, HA499",
        "IE, 6433435E",
        "IE, 8?79739J",
        "IE, 1113571MA",
        "IE, 1113571MX",
        "IT, 00743111015",
        "IT, 00000001008",
        "LT, 100001919018",
        "LT, 119511525",
        "LV, 40003521601",
        "MT, 01679112",
        "NL, 004495446B01",
        "PT, 001964843",
        "RO, 018547290",
        "RO, 1632215123457",
        "RO, 0800101221142",
        "RO, 7",
        "SE, 123456789702",
        "SI, 00223054",
        "SK, 2002749619",
        "SK, 2022749618",
        "AU, 00000000000",
        "AU, 51824753557",
        "CA, 123026636",
        "CA, 123026635RC0001",
        "IN, 27AAPFU0939F0ZV",
        "IN, 27AAPFU0939F1ZA",
        "JP, T0835678256246",
        "NZ, 9125568",
        "NZ, 136410133",
        "NZ, 150000008",
        "SG, 00192200N",
        "SG, U16FC0121D",
        "AE, 200123456700003",
        "SA, 300123456700004",
        "EU, 372000041"
    })
    void whatBreaksARuleIsRefused(String prefix, String number) {
        assertThat(Formats.accepts(prefix, number)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("oracle")
    void anotherLengthIsRefused(String text) {
        TaxId id = TaxId.parse(text);
        String number = id.number();

        assertThat(Formats.accepts(id.prefix(), number + "0")).isFalse();
        assertThat(Formats.accepts(id.prefix(), "")).isFalse();
    }

    @Test
    void aPrefixWithoutARuleIsUnknown() {
        assertThat(Formats.knows("BR")).isFalse();
        assertThat(Formats.accepts("BR", "11222333000181")).isFalse();
        assertThat(Formats.knows("XI")).isTrue();
    }
}
