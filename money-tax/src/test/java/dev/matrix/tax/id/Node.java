package dev.matrix.tax.id;

import dev.matrix.core.Matrix;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.TaxIdChecked;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIds;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import dev.matrix.testkit.StoreUnderTest;
import dev.matrix.testkit.StoresView;
import java.time.Duration;
import java.util.List;

/** A node with tax ids over a register of the test's, driven by hand. */
record Node(Matrix matrix, TaxIds ids, Register register, ManualClock clock, Stores stores) {

    static final TaxId SELLER = TaxId.parse("DE136695976");

    static Node over(Stores stores) {
        ManualClock clock = ManualClock.at(StoreUnderTest.START);
        return node(StoresView.of(stores).withTime(clock), clock, "a");
    }

    private static Node node(Stores stores, ManualClock clock, String name) {
        Matrix matrix = Matrix.builder()
                .stores(stores)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])))
                .clock(clock)
                .node(name)
                .transport(ScriptedTransport.held())
                .build();
        Register register = new Register();
        TaxIds ids = TaxIds.on(matrix).verifier(register).requester(SELLER).build();
        Node node = new Node(matrix, ids, register, clock, stores);
        node.drain();
        return node;
    }

    /** Another node over the same storage. */
    Node another() {
        return node(stores, clock, "b");
    }

    /** Runs what is due at this moment. */
    void drain() {
        boolean ran = true;
        while (ran) {
            ran = matrix.runDueStep().isPresent();
        }
    }

    /** Moves the time on in steps of a minute, running what is due. */
    void after(Duration time) {
        for (long minutes = time.toMinutes(); minutes > 0; minutes--) {
            clock.advance(Duration.ofMinutes(1));
            drain();
        }
    }

    /** Moves the time on in steps of an hour. */
    void afterDays(int days) {
        for (int hours = 24 * days; hours > 0; hours--) {
            clock.advance(Duration.ofHours(1));
            drain();
        }
    }

    List<TaxIdChecked> events() {
        EventQuery query = EventQuery.all().ofTypes("tax.id_checked");
        return matrix.events().page(query, PageRequest.first(100)).items().stream()
                .map(event -> (TaxIdChecked) event.payload())
                .toList();
    }
}
