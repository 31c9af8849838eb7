package dev.matrix.webhooks.ruler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.webhooks.spi.FilterSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a filter matches; event-ruler's own ways are pinned here, so that a later version of it can't change ours. */
@Tag("W3")
class FilterSemanticsTest {

    private final RulerFilterEngine engine = new RulerFilterEngine();

    private boolean matches(String filter, String body) {
        engine.check(filter);
        byte[] json = body.getBytes(UTF_8);
        List<String> written = engine.read(List.of(filter)).matching(json);
        assertThat(engine.compile(List.of(filter)).matching(json))
                .as("compiled")
                .isEqualTo(written);
        return written.contains(filter);
    }

    /** Filter and body in JSON with single quotes. */
    private void assertMatch(String filter, String body, boolean expected) {
        assertThat(matches(filter.replace('\'', '"'), body.replace('\'', '"')))
                .as("%s on %s", filter, body)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @Tag("C30")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':[1],'b':[2]}           | {'a':1}             | false",
                "{'a':[1],'b':[2]}           | {'a':1,'b':2}       | true",
                "{'a':[{'numeric':['<',5]}]} | {'a':'abc'}         | false",
                "{'a':[{'numeric':['<',5]}]} | {'a':'4'}           | false",
                "{'a':[{'numeric':['<',5]}]} | {'a':null}          | false",
                "{'a':[{'numeric':['<',5]}]} | {'a':true}          | false",
                "{'a':[{'numeric':['<',5]}]} | {'a':4.99}          | true",
                "{'a':[{'exists':true}]}     | {'a':[]}            | false",
                "{'a':[{'exists':true}]}     | {'a':{}}            | false",
                "{'a':[{'exists':true}]}     | {'a':0}             | true",
                "{'a':[{'exists':true}]}     | {'a':null}          | true"
            })
    void theCasesOfTheSpecification(String filter, String body, boolean expected) {
        assertMatch(filter, body, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':['x']}                                  | {'a':'x'}           | true",
                "{'a':['x']}                                  | {'a':'X'}           | false",
                "{'a':['x','y']}                              | {'a':'y'}           | true",
                "{'a':['1']}                                  | {'a':1}             | false",
                "{'a':[1]}                                    | {'a':'1'}           | false",
                "{'a':[1]}                                    | {'a':1.00}          | true",
                "{'a':[1]}                                    | {'a':10e-1}         | true",
                "{'a':[true]}                                 | {'a':true}          | true",
                "{'a':['true']}                               | {'a':true}          | false",
                "{'a':[null]}                                 | {'a':null}          | true",
                "{'a':[null]}                                 | {'b':1}             | false",
                "{'a':['10.0.0.1']}                           | {'a':'10.0.0.1'}    | true",
                "{'a':['10.0.0.1']}                           | {'a':'10.0.0.2'}    | false",
                "{'a':['Zoë 💶']}                              | {'a':'Zoë 💶'}       | true",
                "{'a':[{'prefix':'eu-'}]}                     | {'a':'eu-1'}        | true",
                "{'a':[{'prefix':'eu-'}]}                     | {'a':'us-eu-1'}     | false",
                "{'a':[{'prefix':'1'}]}                       | {'a':12}            | false",
                "{'a':[{'prefix':{'equals-ignore-case':'EU'}}]} | {'a':'eu-1'}      | true",
                "{'a':[{'suffix':'.png'}]}                    | {'a':'a.png'}       | true",
                "{'a':[{'suffix':'.png'}]}                    | {'a':'a.png.gz'}    | false",
                "{'a':[{'suffix':{'equals-ignore-case':'PNG'}}]} | {'a':'a.png'}    | true",
                "{'a':[{'equals-ignore-case':'Gold'}]}        | {'a':'GOLD'}        | true",
                "{'a':[{'equals-ignore-case':'Gold'}]}        | {'a':'GOLDEN'}      | false",
                "{'a':[{'wildcard':'*a*'}]}                   | {'a':'xay'}         | true",
                "{'a':[{'wildcard':'*a*'}]}                   | {'a':'xy'}          | false",
                "{'a':[{'wildcard':'a\\\\*b'}]}               | {'a':'a*b'}         | true",
                "{'a':[{'wildcard':'a\\\\*b'}]}               | {'a':'axb'}         | false",
                "{'a':[{'cidr':'10.0.0.0/8'}]}                | {'a':'10.1.2.3'}    | true",
                "{'a':[{'cidr':'10.0.0.0/8'}]}                | {'a':'11.1.2.3'}    | false",
                "{'a':[{'cidr':'10.0.0.0/8'}]}                | {'a':'ten'}         | false",
                "{'a':[{'cidr':'2001:db8::/32'}]}             | {'a':'2001:db8::1'} | true",
                "{'a':[{'numeric':['=',1.5]}]}                | {'a':1.50}          | true",
                "{'a':[{'numeric':['>',0,'<=',10]}]}          | {'a':10}            | true",
                "{'a':[{'numeric':['>',0,'<=',10]}]}          | {'a':0}             | false",
                "{'a':[{'numeric':['>=',-2]}]}                | {'a':-1}            | true",
                "{'a':[{'numeric':['<',-2]}]}                 | {'a':-1e3}          | true",
                "{'a':[{'anything-but':'x'}]}                 | {'a':'y'}           | true",
                "{'a':[{'anything-but':'x'}]}                 | {'a':'x'}           | false",
                "{'a':[{'anything-but':'x'}]}                 | {'a':5}             | true",
                "{'a':[{'anything-but':['x','y']}]}           | {'a':'y'}           | false",
                "{'a':[{'anything-but':[1,2]}]}               | {'a':2.0}           | false",
                "{'a':[{'anything-but':[1,2]}]}               | {'a':3}             | true",
                "{'a':[{'anything-but':{'prefix':'x'}}]}      | {'a':'xy'}          | false",
                "{'a':[{'anything-but':{'suffix':['x','y']}}]} | {'a':'ay'}         | false",
                "{'a':[{'anything-but':{'equals-ignore-case':'x'}}]} | {'a':'X'}    | false",
                "{'a':[{'anything-but':{'wildcard':'*x*'}}]}  | {'a':'axa'}         | false"
            })
    void eachOperatorMatchesWhatItSays(String filter, String body, boolean expected) {
        assertMatch(filter, body, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':['x']}",
                "{'a':[{'prefix':'x'}]}",
                "{'a':[{'suffix':'x'}]}",
                "{'a':[{'equals-ignore-case':'x'}]}",
                "{'a':[{'anything-but':'x'}]}",
                "{'a':[{'anything-but':{'prefix':'x'}}]}",
                "{'a':[{'anything-but':[1]}]}",
                "{'a':[{'numeric':['>',0]}]}",
                "{'a':[{'exists':true}]}",
                "{'a':[{'cidr':'0.0.0.0/0'}]}",
                "{'a':[{'wildcard':'*'}]}",
                "{'a':[null]}"
            })
    void anAbsentFieldMatchesNothing(String filter) {
        assertMatch(filter, "{'b':'x'}", false);
        assertMatch(filter, "{'b':{'a':'x'}}", false);
        assertMatch(filter, "{}", false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'b':1}         | true",
                "{}              | true",
                "{'a':[]}        | true",
                "{'a':{}}        | true",
                "{'a':{'b':1}}   | true",
                "{'a':null}      | false",
                "{'a':''}        | false",
                "{'a':[0]}       | false"
            })
    void existsFalseMatchesWhereNoValueStands(String body, boolean expected) {
        assertMatch("{'a':[{'exists':false}]}", body, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'l':[{'a':1,'b':1},{'a':2,'b':2}]}  | false",
                "{'l':[{'a':1,'b':1},{'a':1,'b':2}]}  | true",
                "{'l':[{'a':[0,1],'b':[1,2]}]}        | true",
                "{'l':[[{'a':1}],[{'b':2}]]}          | false",
                "{'l':{'a':1,'b':2}}                  | true",
                "{'l':[{'a':1},{'b':2}]}              | false"
            })
    @Tag("C30")
    void fieldsOfOneFilterMatchWithinOneElementOfAnArray(String body, boolean expected) {
        assertMatch("{'l':{'a':[1],'b':[2]}}", body, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'t':'x','a':1}         | true",
                "{'t':'x','b':{'c':2}}   | true",
                "{'t':'x','a':2}         | false",
                "{'t':'y','a':1}         | false"
            })
    void oneBranchOfOrIsEnough(String body, boolean expected) {
        assertMatch("{'t':['x'],'$or':[{'a':[1]},{'b':{'c':[2]}}]}", body, expected);
    }

    @Test
    void equalFiltersAndOthersOfTheSameFieldsLiveInOneSet() {
        String one = "{\"a\":[1,{\"prefix\":\"x\"}]}";
        String two = "{ \"a\": [1, {\"prefix\":\"x\"}] }";
        String three = "{\"a\":[{\"exists\":true}],\"$or\":[{\"b\":[1]},{\"c\":[1]}]}";
        String other = "{\"a\":[2]}";
        FilterSet set = engine.compile(List.of(one, two, three, other));

        assertThat(set.matching("{\"a\":\"xy\",\"c\":1}".getBytes(UTF_8))).containsExactlyInAnyOrder(one, two, three);
    }

    @ParameterizedTest
    @CsvSource({
        "a*b*,  ab,      true",
        "a*b*,  acbc,    true",
        "a*b*,  ba,      false",
        "*aab*, aaaab,   true",
        "*aab*, aaaa,    false",
        "*abab, abaabab, true",
        "ab*ba, aba,     false",
        "ab*ba, abba,    true",
        "*a*a,  a,       false",
        "*a*a,  aa,      true",
        "*,     x,       true",
        "a,     a,       true",
        "a,     ab,      false"
    })
    void wildcardsShareNoCharacterBetweenTheirParts(String wildcard, String text, boolean expected) {
        assertMatch("{'a':[{'wildcard':'" + wildcard + "'}]}", "{'a':'" + text + "'}", expected);
    }

    @Test
    void aWildcardAndWhatIgnoresCaseMayStandOnOneField() {
        assertMatch("{'a':[{'wildcard':'*x'},{'equals-ignore-case':'y'}]}", "{'a':'Y'}", true);
        assertMatch("{'a':[{'wildcard':'*x'},{'equals-ignore-case':'y'}]}", "{'a':'yx'}", true);
        assertMatch("{'a':[{'wildcard':'*x'},{'equals-ignore-case':'y'}]}", "{'a':'yz'}", false);
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        FilterSet set = engine.compile(List.of("{\"type\":[\"payment.succeeded\"]}"));

        assertThatThrownBy(() -> set.matching("no JSON".getBytes(UTF_8))).isInstanceOf(RuntimeException.class);
    }
}
