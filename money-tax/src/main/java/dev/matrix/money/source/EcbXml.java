package dev.matrix.money.source;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.money.QuotedRate;
import dev.matrix.money.spi.ObservedRates;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads the ECB's reference rates: a {@code Cube} a day, and in it one a currency. A DOCTYPE is refused. */
final class EcbXml {

    static final String BASE = "EUR";
    static final ZoneId FRANKFURT = ZoneId.of("Europe/Berlin");

    /** The daily concertation between central banks normally takes place then. */
    private static final LocalTime OBSERVED = LocalTime.of(14, 10);

    private static final String NAMESPACE = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref";
    private static final Pattern RATE = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,30})?");
    private static final Pattern CODE = Pattern.compile("[A-Z]{3}");

    private final List<ObservedRates> days = new ArrayList<>();
    private @Nullable LocalDate day;
    private SortedMap<String, QuotedRate> rates = new TreeMap<>();

    private EcbXml() {}

    /**
     * The days of a document, in its order.
     *
     * @throws InvalidRequestException if it isn't such a document
     */
    static List<ObservedRates> read(byte[] xml) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(xml));
            EcbXml document = new EcbXml();
            while (reader.hasNext()) {
                document.take(reader.next(), reader);
            }
            document.finishDay();
            if (document.days.isEmpty()) {
                throw refusal("it has no rates", null);
            }
            return document.days;
        } catch (XMLStreamException | DateTimeException e) {
            throw refusal("it is broken", e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }

    private void take(int event, XMLStreamReader reader) {
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw refusal("it has a DOCTYPE or entities", null);
        }
        if (event == XMLStreamConstants.START_ELEMENT
                && reader.getLocalName().equals("Cube")
                && NAMESPACE.equals(reader.getNamespaceURI())) {
            String time = reader.getAttributeValue(null, "time");
            String currency = reader.getAttributeValue(null, "currency");
            if (time != null) {
                finishDay();
                day = LocalDate.parse(time);
            } else if (currency != null) {
                add(currency, reader.getAttributeValue(null, "rate"));
            }
        }
    }

    private void add(String currency, @Nullable String rate) {
        if (rate == null
                || !RATE.matcher(rate).matches()
                || !CODE.matcher(currency).matches()) {
            throw refusal("a rate is no number", null);
        }
        rates.put(currency, QuotedRate.mid(new BigDecimal(rate)));
    }

    private void finishDay() {
        LocalDate finished = day;
        if (finished != null && !rates.isEmpty()) {
            days.add(new ObservedRates(
                    BASE, finished, finished.atTime(OBSERVED).atZone(FRANKFURT).toInstant(), rates));
        }
        rates = new TreeMap<>();
    }

    private static InvalidRequestException refusal(String why, @Nullable Exception cause) {
        InvalidRequestException refusal =
                new InvalidRequestException("This is no document of the ECB's reference rates: " + why + ".");
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }
}
