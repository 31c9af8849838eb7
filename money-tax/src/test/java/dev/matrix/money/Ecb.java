package dev.matrix.money;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.testkit.ScriptedTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A European Central Bank of our own: the real files of 2023-02-21, or what a test writes. */
final class Ecb {

    private Ecb() {}

    /** Answers with the files that the bank published on 2023-02-21. */
    static ScriptedTransport real() {
        return ScriptedTransport.answering(call -> ok(file(name(call))));
    }

    static String name(HttpCall call) {
        String path = call.uri().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** One of the files, as org.javamoney.moneta:moneta-convert-ecb ships them. */
    static byte[] file(String name) {
        try (InputStream in = Ecb.class.getResourceAsStream("/org/javamoney/moneta/convert/ecb/defaults/" + name)) {
            if (in == null) {
                throw new IllegalStateException("No " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HttpReply ok(byte[] body) {
        return new HttpReply(200, Map.of(), body, HttpReply.End.COMPLETE, null, HttpReply.Timing.NONE);
    }

    static HttpReply ok(String body, String etag) {
        return ScriptedTransport.reply(200, Map.of("ETag", List.of(etag)), body);
    }

    /** A document: day to rates such as {@code USD=1.1 JPY=150}, newest day first as the bank writes them. */
    static String document(Map<String, String> days) {
        StringBuilder xml = new StringBuilder("<?xml version='1.0' encoding='UTF-8'?><gesmes:Envelope"
                + " xmlns:gesmes='http://www.gesmes.org/xml/2002-08-01'"
                + " xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'><Cube>");
        new TreeMap<>(days).descendingMap().forEach((day, rates) -> {
            xml.append("<Cube time='").append(day).append("'>");
            for (String rate : rates.split(" ", -1)) {
                String[] parts = rate.split("=", 2);
                xml.append("<Cube currency='").append(parts[0]).append("' rate='");
                xml.append(parts[1]).append("'/>");
            }
            xml.append("</Cube>");
        });
        return xml.append("</Cube></gesmes:Envelope>").toString();
    }
}
