package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.ApiBench.Answer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Listings, page by page. */
class PagingTest {

    private final ApiBench bench = ApiBench.create();

    private void notes(int count) {
        for (int i = 0; i < count; i++) {
            bench.note("n" + i);
        }
    }

    private Answer page(String query) {
        return bench.get("/v1/notes" + query).as("alice").send();
    }

    private static int items(Answer answer) {
        return answer.body().split("\"memo\"", -1).length - 1;
    }

    @Test
    @Tag("H13")
    @Tag("C12")
    void cursorsEndExactlyWhenNothingFollows() {
        notes(101);
        Answer first = page("?limit=50");
        Answer second = page("?limit=50&cursor=" + first.member("nextCursor"));
        Answer third = page("?limit=50&cursor=" + second.member("nextCursor"));

        assertThat(List.of(items(first), items(second), items(third))).containsExactly(50, 50, 1);
        assertThat(third.body()).endsWith("\"nextCursor\":null}");
        assertThat(third.header("Link")).isEmpty();
        assertThat(first.header("Link"))
                .isEqualTo("</v1/notes?limit=50&cursor=" + first.member("nextCursor") + ">; rel=\"next\"");
    }

    @Test
    @Tag("H13")
    @Tag("C12")
    void aFullLastPageHasNoCursor() {
        notes(100);

        Answer second = page("?limit=50&cursor=" + page("?limit=50").member("nextCursor"));

        assertThat(items(second)).isEqualTo(50);
        assertThat(second.body()).endsWith("\"nextCursor\":null}");
        assertThat(items(page(""))).isEqualTo(20);
    }

    @Test
    @Tag("C12")
    void rowsAddedAndDeletedMeanwhileLeaveTheOthersOnce() {
        notes(9);
        Answer first = page("?limit=3");
        bench.ask("DELETE", "/v1/notes/note_3").as("alice").send();
        Answer second = page("?limit=9&cursor=" + first.member("nextCursor"));

        assertThat(second.body()).contains("note_4").contains("note_9").doesNotContain("\"note_3\"");
        assertThat(items(second)).isEqualTo(6);
    }

    @Test
    @Tag("H13")
    @Tag("C12")
    void cursorsAreOfOneListingAndOneAccount() {
        notes(5);
        String cursor = page("?limit=2").member("nextCursor");
        char last = cursor.charAt(cursor.length() - 2);
        String broken = cursor.substring(0, cursor.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + cursor.charAt(cursor.length() - 1);

        assertThat(page("?limit=5&cursor=" + cursor).status()).isEqualTo(200);
        assertThat(page("?limit=2&tag=x&cursor=" + cursor).code()).isEqualTo("invalid_cursor");
        assertThat(page("?limit=2&cursor=" + broken).code()).isEqualTo("invalid_cursor");
        assertThat(page("?limit=2&cursor=n%20pe").code()).isEqualTo("invalid_cursor");
        assertThat(bench.get("/v1/notes?limit=2&cursor=" + cursor)
                        .as("bob")
                        .send()
                        .code())
                .isEqualTo("invalid_cursor");
        assertThat(bench.get("/v1/events?limit=2&cursor=" + cursor)
                        .as("alice")
                        .send()
                        .code())
                .isEqualTo("invalid_cursor");
        assertThat(cursor).hasSizeLessThanOrEqualTo(Cursors.LONGEST).doesNotContain("note");
    }
}
