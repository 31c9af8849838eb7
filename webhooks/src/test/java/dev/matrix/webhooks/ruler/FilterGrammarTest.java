package dev.matrix.webhooks.ruler;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no filter, and how it says so. */
@Tag("W3")
class FilterGrammarTest {

    private final RulerFilterEngine engine = new RulerFilterEngine();

    private void assertRefused(String filter, String where, String rule) {
        assertThatThrownBy(() -> engine.check(filter))
                .as(filter)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(where)
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                       | the root      | is an object",
                "nonsense                                 | the root      | JSON",
                "{'a':[1],'a':[2]}                        | /a            | JSON",
                "{}                                       | the root      | at least one field",
                "{'a':{}}                                 | /a            | at least one field",
                "{'a':[]}                                 | /a            | non-empty array",
                "{'a':1}                                  | /a            | non-empty array",
                "{'a':{'b.c':[1]}}                        | /a/b.c        | no dot",
                "{'x/y~z':[[1]]}                          | /x~1y~0z/0    | no array",
                "{'a':['x',{'regex':'.*'}]}               | /a/1/regex    | no such operator",
                "{'a':[{'exactly':'x'}]}                  | /a/0/exactly  | no such operator",
                "{'a':[{'prefix':'x','suffix':'y'}]}      | /a/0          | one member",
                "{'a':[{}]}                               | /a/0          | one member",
                "{'a':[{'prefix':''}]}                    | /a/0/prefix   | isn't empty",
                "{'a':[{'prefix':{'suffix':'x'}}]}        | /a/0/prefix/suffix | equals-ignore-case",
                "{'a':[{'suffix':1}]}                     | /a/0/suffix   | string",
                "{'a':[{'equals-ignore-case':null}]}      | /a/0/equals-ignore-case | string",
                "{'a':[{'exists':'yes'}]}                 | /a/0/exists   | true or false",
                "{'a':[{'numeric':[]}]}                   | /a/0/numeric  | a range such as",
                "{'a':[{'numeric':'>1'}]}                 | /a/0/numeric  | a range such as",
                "{'a':[{'numeric':['>','1']}]}            | /a/0/numeric  | a range such as",
                "{'a':[{'numeric':['!=',1]}]}             | /a/0/numeric  | a range such as",
                "{'a':[{'numeric':['<',1,'>',0]}]}        | /a/0/numeric  | a range such as",
                "{'a':[{'numeric':['>',5,'<',5]}]}        | /a/0/numeric  | a range such as",
                "{'a':[{'numeric':['>',12345678901234567890]}]} | /a/0/numeric | double",
                "{'a':[0.12345678901234567890]}           | /a/0          | double",
                "{'a':[{'anything-but':[]}]}              | /a/0/anything-but | anything-but has",
                "{'a':[{'anything-but':[1,'x']}]}         | /a/0/anything-but | anything-but has",
                "{'a':[{'anything-but':true}]}            | /a/0/anything-but | anything-but has",
                "{'a':[{'anything-but':{'numeric':['>',1]}}]} | /a/0/anything-but/numeric | within anything-but",
                "{'a':[{'anything-but':{'prefix':['x',1]}}]} | /a/0/anything-but/prefix/1 | string",
                "{'a':[{'wildcard':'a**'}]}               | /a/0/wildcard | in a row",
                "{'a':[{'wildcard':'a\\\\x'}]}            | /a/0/wildcard | backslash",
                "{'a':[{'wildcard':'a\\\\'}]}             | /a/0/wildcard | backslash",
                "{'a':[{'anything-but':{'wildcard':'*a*a*'}}]} | /a/0/anything-but/wildcard | at most 2",
                "{'a':[{'cidr':'10.0.0.0'}]}              | Filter        | CIDR",
                "{'a':[{'cidr':'example.com/8'}]}         | Filter        | compiled",
                "{'$or':{'a':[1]}}                        | /$or          | two objects",
                "{'$or':[{'a':[1]}]}                      | /$or          | two objects",
                "{'$or':['a','b']}                        | /$or/0        | object of fields",
                "{'$or':[{'prefix':['x']},{'a':[1]}]}     | Filter        | reserved",
                "{'a':[1],'$or':[{'a':[2]},{'b':[3]}]}    | Filter        | multiple times"
            })
    void eachRuleIsNamedWithThePlaceThatBreaksIt(String filter, String where, String rule) {
        assertRefused(filter.replace('\'', '"'), where, rule);
    }

    @Test
    @Tag("C30")
    void aThirdWildcardIsRefused() {
        assertRefused("{\"a\":[{\"wildcard\":\"*a*a*b\"}]}", "/a/0/wildcard", "at most 2 *; this one has 3");
        assertThatCode(() -> engine.check("{\"a\":[{\"wildcard\":\"*a\\\\*a*b\"}]}"))
                .doesNotThrowAnyException();
    }

    @Test
    void theBoundsAreBytesValuesDepthAndCombinations() {
        String hundred = IntStream.range(0, 100).mapToObj(Integer::toString).collect(joining(","));
        assertThatCode(() -> engine.check("{\"a\":[" + hundred + "]}")).doesNotThrowAnyException();
        assertRefused("{\"a\":[" + hundred + ",100]}", "/a/100", "at most 100 values");
        assertRefused("{\"a\":[{\"anything-but\":[" + hundred + ",100]}]}", "/a/0/anything-but", "100 values");

        String eight = "{\"a\":".repeat(8) + "[1]" + "}".repeat(8);
        assertThatCode(() -> engine.check(eight)).doesNotThrowAnyException();
        assertRefused("{\"a\":" + eight + "}", "/a/a/a/a/a/a/a/a", "8 objects deep");

        String full = "{\"a\":[\"" + "x".repeat(8 * 1024 - 10) + "\"]}";
        assertThatCode(() -> engine.check(full)).doesNotThrowAnyException();
        assertRefused(full + " ", "the root", "8193");

        assertThatCode(() -> engine.check(nestedOr(3))).doesNotThrowAnyException();
        assertRefused(nestedOr(4), "/n3", "1000 ways");
    }

    /** So many objects, each with an $or of ten branches. */
    private static String nestedOr(int objects) {
        String branches =
                IntStream.range(0, 10).mapToObj(i -> "{\"b" + i + "\":[1]}").collect(joining(",", "[", "]"));
        return IntStream.range(0, objects)
                .mapToObj(i -> "\"n" + i + "\":{\"$or\":" + branches + "}")
                .collect(joining(",", "{", "}"));
    }
}
