package dev.matrix.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What compiled classes don't show: comments, lengths, and what the test-jars take along. */
class SourcesTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final int MOST_LINES = 500;

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

    /** Such as {@code (W12)}, {@code (rules X1, X2)}, {@code rule M5} or a page's name; H2 is a database. */
    private static final Pattern RULE_NUMBER =
            Pattern.compile("\\((?:rules? )?(?!H2\\b)[A-Z]{1,2}[0-9]{1,3}(?:\\)|,| and | to )"
                    + "|\\b[Rr]ules? [A-Z]{1,2}[0-9]|\\b[a-z-]+\\.md\\b");

    private static Stream<Path> files(String kind, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all
                    .filter(file ->
                            file.toString().endsWith(".java") && file.toString().contains("/src/" + kind + "/java/"))
                    .filter(wanted)
                    .toList()
                    .stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ruleNumbers(String source) {
        return COMMENT.matcher(source)
                .results()
                .flatMap(comment ->
                        RULE_NUMBER.matcher(comment.group()).results().map(found -> found.group()))
                .toList();
    }

    @Test
    void commentsNameNoRuleByItsNumber() throws IOException {
        assertThat(files("main", file -> true))
                .as("rules are said in words: users can look their numbers up in READMEs and tests alone")
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(ruleNumbers(text(file))).as(file.toString()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** Keeps a rate (rule X9). */",
                "// as W12 says (W12)",
                "/** In order (E5, E6). */",
                "/** Rule M6, largest remainder. */",
                "/** Strict (api.md, H3). */"
            })
    void aRuleNumberWouldBeFound(String comment) {
        assertThat(ruleNumbers("class A {\n" + comment + "\n}")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** H2 (H2) commits at once (RFC 9110). */",
                "String w12 = \"(W12)\";",
                "/** (A-Z0-9), (UTF8) */"
            })
    void otherTextIsLeftAlone(String source) {
        assertThat(ruleNumbers(source)).isEmpty();
    }

    @Test
    void noFileIsLongerThanOneCanHoldInMind() throws IOException {
        assertThat(files("main", file -> true))
                .allSatisfy(file -> assertThat(text(file).lines().count())
                        .as(file.toString())
                        .isLessThanOrEqualTo(MOST_LINES));
    }

    @Test
    void whatTestJarsPublishAreContractsAndWhatTheyNeed() throws IOException {
        assertThat(files("test", file -> file.toString().matches(".*/spi/[^/]*Test\\.java"))
                        .map(file -> text(moduleOf(file).resolve("pom.xml")))
                        .filter(pom -> pom.contains("<goal>test-jar</goal>")))
                .as("poms that publish a folder with tests of our own")
                .isNotEmpty()
                .allSatisfy(pom -> assertThat(pom).contains("<exclude>**/*Test.class</exclude>"));
    }

    private static Path moduleOf(Path file) {
        return Path.of(file.toString().split("/src/test/", 2)[0]);
    }
}
