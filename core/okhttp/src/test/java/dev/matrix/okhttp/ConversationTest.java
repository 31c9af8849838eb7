package dev.matrix.okhttp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private static final Framing NO_BODY = new Framing(Framing.Kind.NONE, 0, true, Framing.NO_LIMIT);
    private static final String HEAD = "HTTP/1.1 204 No Content\r\n\r\n";

    /** A connection whose peer has answered one request. */
    private static final class Answered implements Conversation.Wire {

        private final InputStream in = new ByteArrayInputStream(HEAD.getBytes(US_ASCII));
        private OutputStream out = new ByteArrayOutputStream();
        private Sight sight = Sight.SILENCE;
        private boolean closed;

        @Override
        public InputStream input() {
            return in;
        }

        @Override
        public OutputStream output() {
            return out;
        }

        @Override
        public Sight look() {
            return sight;
        }

        @Override
        public boolean isEncrypted() {
            return false;
        }

        @Override
        public boolean isMultiplexed() {
            return false;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Answered wire = new Answered();
    private final Conversation conversation = new Conversation(wire);

    private void exchange() throws IOException {
        OutputStream out = conversation.output();
        out.write('P');
        out.write("OST / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
        out.flush();
        InputStream in = conversation.input();
        assertThat(in.available()).isEqualTo(HEAD.length());
        assertThat(in.read()).isEqualTo('H');
        assertThat(in.readNBytes(HEAD.length() - 1)).asString(US_ASCII).isEqualTo(HEAD.substring(1));
        conversation.headRead(NO_BODY, 1 << 10);
        assertThat(in.read()).isEqualTo(-1);
        conversation.replyEnded();
    }

    @Tag("W44")
    @Test
    void a_kept_connection_that_has_ended_takes_no_request() throws Exception {
        exchange();
        assertThat(conversation.isReusable()).isTrue();
        wire.sight = Conversation.Wire.Sight.END;

        assertThatThrownBy(() -> conversation.output().write('P')).isInstanceOf(PeerEndedException.class);

        assertThat(wire.closed).isTrue();
        assertThat(conversation.isReusable()).isFalse();
    }

    @Tag("W44")
    @Test
    void a_request_that_cannot_be_written_in_full_on_a_kept_connection_was_not_sent() throws Exception {
        exchange();
        wire.out = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("broken pipe");
            }
        };

        assertThatThrownBy(() -> conversation.output().write("POST".getBytes(US_ASCII)))
                .isInstanceOf(PeerEndedException.class)
                .hasRootCauseMessage("broken pipe");
    }

    @Test
    void either_stream_closes_the_connection() throws Exception {
        conversation.input().close();
        assertThat(wire.closed).isTrue();

        wire.closed = false;
        conversation.output().close();
        assertThat(wire.closed).isTrue();
    }
}
