package dev.matrix.core.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.SealBrokenException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalKekTest {

    private static final byte[] AAD = {1};
    private static final String BASE64_OF_32 = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MDA=";

    @TempDir
    private Path folder;

    @Test
    @Tag("K1")
    void unwrapsWhatItWrappedForTheSameUseAlone() {
        byte[] key = "secretsecretsecretsecretsecret00".getBytes(UTF_8);
        KeyEncryptionKey kek = KeyEncryptionKey.local("kms/eu:1", key);
        byte[] wrapped = kek.wrap(new byte[] {5, 6}, AAD);
        assertThat(KeyEncryptionKey.local("kms/eu:1", key).unwrap(wrapped, AAD)).containsExactly(5, 6);
        assertThatThrownBy(() -> kek.unwrap(wrapped, new byte[] {2})).isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> kek.unwrap(new byte[3], AAD)).isInstanceOf(SealBrokenException.class);
        wrapped[14] ^= 1;
        assertThatThrownBy(() -> kek.unwrap(wrapped, AAD))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("'kms/eu:1'");
    }

    @Test
    void refusesAnotherLengthAndAMalformedId() {
        assertThatThrownBy(() -> KeyEncryptionKey.local("main", new byte[16]))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("16");
        assertThatThrownBy(() -> KeyEncryptionKey.local("", new byte[32])).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("K5")
    void readsTheVariableSplitAtItsLastColon() {
        KeyEncryptionKey kek = LocalKek.fromVariable("kms:eu/main:" + BASE64_OF_32 + "\n");
        assertThat(kek.id()).isEqualTo("kms:eu/main");
        byte[] wrapped = KeyEncryptionKey.local("x", "secretsecretsecretsecretsecret00".getBytes(UTF_8))
                .wrap(new byte[] {7}, AAD);
        assertThat(kek.unwrap(wrapped, AAD)).containsExactly(7);
        assertThat(kek).hasToString("key-encryption key kms:eu/main");
    }

    @Test
    @Tag("K5")
    void readsTheSameFormFromConfiguration() {
        byte[] wrapped = KeyEncryptionKey.parse("main:" + BASE64_OF_32).wrap(new byte[] {7}, AAD);

        assertThat(LocalKek.fromVariable("main:" + BASE64_OF_32).unwrap(wrapped, AAD))
                .containsExactly(7);
        assertThatThrownBy(() -> KeyEncryptionKey.parse("main:" + BASE64_OF_32 + "AAAA"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The key-encryption key has ")
                .message()
                .doesNotContain(BASE64_OF_32);
    }

    @Test
    @Tag("K5")
    void aMissingVariableSaysHowToGenerateAKey() {
        assertThatThrownBy(() -> LocalKek.fromVariable(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MATRIX_KEK is not set")
                .hasMessageContaining("export MATRIX_KEK=main:$(openssl rand -base64 32)");
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "'  ', is empty",
        "c2VjcmV0, has no ':'",
        ":c2VjcmV0, has no valid id",
        "c2VjcmV0 x:c2VjcmV0, has no valid id",
        "main:, has a key of 0 bytes instead of 32",
        "main:c2VjcmV0, has a key of 6 bytes instead of 32",
        "main:c2VjcmV0_c2VjcmV0-, has something else than standard base64",
        "main:c2VjcmV0?, has something else than standard base64"
    })
    @Tag("K5")
    @Tag("K6")
    void eachMalformedFormHasItsMessageAndNoneRepeatsTheValue(String value, String problem) {
        assertThatThrownBy(() -> LocalKek.fromVariable(value))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The environment variable MATRIX_KEK " + problem)
                .hasMessageContaining("openssl rand -base64 32")
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("c2VjcmV0");
    }

    @Test
    @Tag("K5")
    void parsingWipesWhatItRead() {
        byte[] text = ("main:" + BASE64_OF_32).getBytes(UTF_8);
        LocalKek.parse("A test", text);
        assertThat(text).containsOnly(0);
    }

    @Test
    void makesAMissingKeyFileThatItsOwnerAloneCanRead() throws Exception {
        Path path = folder.resolve("data/matrix.kek");
        KeyEncryptionKey made = KeyEncryptionKey.file(path);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");

        KeyEncryptionKey read = KeyEncryptionKey.file(path);
        assertThat(read.id()).isEqualTo(made.id()).matches("file-[0-9a-f]{8}");
        assertThat(read.unwrap(made.wrap(new byte[] {1}, AAD), AAD)).containsExactly(1);
        assertThat(LocalKek.fromVariable(Files.readString(path)).id()).isEqualTo(made.id());
        assertThat(KeyEncryptionKey.file(folder.resolve("other.kek")).id()).isNotEqualTo(made.id());
    }

    @Test
    void refusesAMalformedKeyFileAndLeavesItAsItIs() throws Exception {
        Path path = Files.writeString(folder.resolve("matrix.kek"), "geheim");
        assertThatThrownBy(() -> KeyEncryptionKey.file(path))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("has no ':'")
                .message()
                .doesNotContain("geheim");
        assertThat(path).hasContent("geheim");
        assertThatThrownBy(() -> KeyEncryptionKey.file(folder)).isInstanceOf(UncheckedIOException.class);
    }
}
