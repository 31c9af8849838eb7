package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The codes of oathtool (OATH Toolkit), which others wrote, for random secrets, times and options. */
@Tag("long")
class OathtoolTest {

    private static final int SAMPLES = 1_000;
    private static final List<TotpAlgorithm> ALGORITHMS =
            List.of(TotpAlgorithm.SHA1, TotpAlgorithm.SHA256, TotpAlgorithm.SHA512);

    @Test
    @Tag("SE21")
    void oathtoolAgreesOn1000RandomSecretsAndTimes() throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Path.of(folder, "oathtool").toFile().canExecute()),
                "oathtool is installed");
        Random random = new Random(6238);
        for (int i = 0; i < SAMPLES; i++) {
            TotpAlgorithm algorithm = ALGORITHMS.get(i % ALGORITHMS.size());
            byte[] secret = new byte[algorithm.secretBytes()];
            random.nextBytes(secret);
            int digits = 6 + random.nextInt(3);
            int period = 15 + random.nextInt(46);
            Instant at = Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE));
            TotpCode codes = new TotpCode(secret, algorithm, digits, period);
            assertThat(codes.at(codes.step(at)))
                    .as("%s, %s digits, %s s, %s", algorithm, digits, period, at)
                    .isEqualTo(oathtool(secret, algorithm, digits, period, at));
        }
    }

    private static String oathtool(byte[] secret, TotpAlgorithm algorithm, int digits, int period, Instant at)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "oathtool",
                "--totp=" + algorithm.name().toLowerCase(Locale.ROOT),
                "--digits=" + digits,
                "--time-step-size=" + period + "s",
                "--now=@" + at.getEpochSecond(),
                HexFormat.of().formatHex(secret)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed.strip();
    }
}
