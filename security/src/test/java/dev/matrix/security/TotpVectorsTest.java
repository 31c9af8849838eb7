package dev.matrix.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import dev.matrix.core.InvalidRequestException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes, secrets and QR codes as others' standards and readers have them. */
class TotpVectorsTest {

    private static final String DIGITS = "1234567890";

    private static byte[] secret(int bytes) {
        return DIGITS.repeat(7).substring(0, bytes).getBytes(US_ASCII);
    }

    /** RFC 4226, appendix D. */
    @Test
    @Tag("SE21")
    void countersZeroToNineGiveTheCodesOfRfc4226() {
        TotpCode codes = new TotpCode(secret(20), TotpAlgorithm.SHA1, 6, 30);
        String[] expected = {
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"
        };
        for (int counter = 0; counter < expected.length; counter++) {
            assertThat(codes.at(counter)).isEqualTo(expected[counter]);
        }
    }

    /** RFC 6238, appendix B, with the secrets of its reference implementation (erratum 2866). */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082, 46119246, 90693936",
        "1111111109, 07081804, 68084774, 25091201",
        "1111111111, 14050471, 67062674, 99943326",
        "1234567890, 89005924, 91819424, 93441116",
        "2000000000, 69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826"
    })
    @Tag("SE21")
    @Tag("G22")
    void timesGiveTheCodesOfRfc6238(long seconds, String sha1, String sha256, String sha512) {
        Map<TotpAlgorithm, String> expected =
                Map.of(TotpAlgorithm.SHA1, sha1, TotpAlgorithm.SHA256, sha256, TotpAlgorithm.SHA512, sha512);
        expected.forEach((algorithm, code) -> {
            TotpCode codes = new TotpCode(secret(algorithm.secretBytes()), algorithm, 8, 30);
            assertThat(codes.at(codes.step(Instant.ofEpochSecond(seconds)))).isEqualTo(code);
        });
    }

    @Test
    @Tag("SE22")
    @Tag("G22")
    void spacesAreForgivenAndNothingElse() {
        assertThat(TotpCode.digits("0708 1804")).isEqualTo("07081804");
        assertThat(TotpCode.digits(" 012345 ")).isEqualTo("012345");
        for (String bad : new String[] {"+12345", "-12345", "٠١٢٣٤٥", "12345", "123456789", "", "12345a", "0x1234"}) {
            assertThat(TotpCode.digits(bad)).as(bad).isEmpty();
        }
    }

    @Test
    @Tag("SE23")
    void codesAndTextsAreTheSameInEveryLocale() {
        Locale former = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            timesGiveTheCodesOfRfc6238(1111111109, "07081804", "68084774", "25091201");
            assertThat(TotpUri.write(TotpOptions.of("a", "b"), "SECRET"))
                    .isEqualTo("otpauth://totp/a:b?secret=SECRET&issuer=a&algorithm=SHA1&digits=6&period=30");
        } finally {
            Locale.setDefault(former);
        }
    }

    /** RFC 4648, section 10. */
    @ParameterizedTest
    @CsvSource({"'', ''", "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    @Tag("G27")
    void secretsAreWrittenInBase32(String text, String expected) {
        assertThat(Base32.encode(text.getBytes(US_ASCII))).isEqualTo(expected);
    }

    @Test
    @Tag("SE29")
    @Tag("G28")
    void theQrCodeSaysTheUri() {
        String uri = TotpUri.write(
                new TotpOptions("Ärzte & Co", "a+b@x.de 🚀", TotpAlgorithm.SHA512, 8, 60),
                "JBSWY3DPEHPK3PXP".repeat(6));
        assertThat(uri)
                .startsWith("otpauth://totp/%C3%84rzte%20%26%20Co:a%2Bb%40x.de%20%F0%9F%9A%80?secret=JBSW")
                .endsWith("&issuer=%C3%84rzte%20%26%20Co&algorithm=SHA512&digits=8&period=60");
        QrCode code = QrCode.of(uri);
        assertThat(decoded(code)).isEqualTo(uri);
        assertThat(code.svg()).startsWith("<svg").doesNotContain("script", "href");
        assertThat(code.text().lines())
                .hasSize(code.size())
                .allSatisfy(line -> assertThat(line).hasSize(2 * code.size()));
        for (int i = 0; i < code.size(); i++) {
            assertThat(code.isDark(i, 3) || code.isDark(3, i)).as("quiet zone").isFalse();
        }
        assertThat(code.isDark(4, 4)).isTrue();
        assertThat(code.toString()).doesNotContain("JBSW");
    }

    private static String decoded(QrCode code) {
        int scale = 4;
        int side = code.size() * scale;
        LuminanceSource image = new LuminanceSource(side, side) {
            @Override
            public byte[] getRow(int y, byte[] row) {
                byte[] made = new byte[side];
                for (int x = 0; x < side; x++) {
                    made[x] = (byte) (code.isDark(x / scale, y / scale) ? 0 : 255);
                }
                return made;
            }

            @Override
            public byte[] getMatrix() {
                byte[] all = new byte[side * side];
                for (int y = 0; y < side; y++) {
                    System.arraycopy(getRow(y, new byte[0]), 0, all, y * side, side);
                }
                return all;
            }
        };
        try {
            return new QRCodeMultiReader().decodeMultiple(new BinaryBitmap(new HybridBinarizer(image)))[0].getText();
        } catch (NotFoundException e) {
            throw new AssertionError("No QR code was found.", e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b", "a\nb"})
    @Tag("G28")
    @Tag("G71")
    void badLabelsAreRefused(String label) {
        assertThatThrownBy(() -> TotpOptions.of(label, "x")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> TotpOptions.of("x", label)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("G49")
    @Tag("G71")
    void badOptionsAreRefused() {
        TotpOptions usual = TotpOptions.of("x", "y");
        for (int bad : new int[] {-1, 0, 5, 9}) {
            assertThatThrownBy(() -> usual.digits(bad)).isInstanceOf(InvalidRequestException.class);
        }
        for (int bad : new int[] {-1, 0, 14, 61}) {
            assertThatThrownBy(() -> usual.periodSeconds(bad)).isInstanceOf(InvalidRequestException.class);
        }
        assertThatThrownBy(() -> TotpOptions.of("x".repeat(129), "y")).isInstanceOf(InvalidRequestException.class);
        assertThat(TotpOptions.of("🚀".repeat(128), "y").issuer()).hasSize(256);
    }

    @Test
    @Tag("G29")
    void recoveryCodesHaveTheirFormAndForgiveHowTheyAreWritten() {
        Random random = new Random(29);
        for (int slot = 0; slot < RecoveryCode.SLOTS; slot++) {
            String code = RecoveryCode.next(slot, random);
            assertThat(code).matches("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}");
            String normal = String.valueOf(RecoveryCode.normal(code));
            assertThat(RecoveryCode.slot(normal)).isEqualTo(slot);
            assertThat(RecoveryCode.normal(code.toLowerCase(Locale.ROOT).replace('-', ' ')))
                    .isEqualTo(normal);
            assertThat(RecoveryCode.normal(code.replace('0', 'o').replace('1', 'l')))
                    .isEqualTo(normal);
        }
        for (String bad :
                new String[] {"", "0000-0000-000", "0000-0000-00000", "Z000-0000-0000", "0000-0000-000U", "123456"}) {
            assertThat(RecoveryCode.normal(bad)).as(bad).isNull();
        }
    }
}
