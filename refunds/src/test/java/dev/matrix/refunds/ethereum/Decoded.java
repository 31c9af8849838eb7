package dev.matrix.refunds.ethereum;

import dev.matrix.refunds.ethereum.FakeChain.Sent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Reads what was signed, as a node does. */
final class Decoded {

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;
    private int at;

    private Decoded(byte[] bytes) {
        this.bytes = bytes;
    }

    static Sent transaction(String raw) {
        byte[] all = HEX.parseHex(raw.substring(2));
        boolean typed = all[0] == 2;
        List<byte[]> fields = new Decoded(typed ? Arrays.copyOfRange(all, 1, all.length) : all).list();
        int shift = typed ? 1 : 0;
        BigInteger nonce = new BigInteger(1, fields.get(shift));
        BigInteger tip = new BigInteger(1, fields.get(shift + 1));
        int rest = typed ? shift + 2 : shift + 1;
        return new Sent(
                "0x" + HEX.formatHex(Keccak.hash(all)),
                raw,
                nonce.longValueExact(),
                tip,
                new BigInteger(1, fields.get(rest)),
                "0x" + HEX.formatHex(fields.get(rest + 2)),
                new BigInteger(1, fields.get(rest + 3)),
                HEX.formatHex(fields.get(rest + 4)));
    }

    private List<byte[]> list() {
        int end = length(0xc0) + at;
        List<byte[]> items = new ArrayList<>();
        while (at < end) {
            int head = bytes[at] & 0xff;
            if (head < 0x80) {
                items.add(new byte[] {bytes[at++]});
            } else {
                int length = length(head < 0xc0 ? 0x80 : 0xc0);
                items.add(Arrays.copyOfRange(bytes, at, at + length));
                at += length;
            }
        }
        return items;
    }

    private int length(int offset) {
        int head = (bytes[at++] & 0xff) - offset;
        if (head <= 55) {
            return head;
        }
        int size = head - 55;
        int length = new BigInteger(1, Arrays.copyOfRange(bytes, at, at + size)).intValueExact();
        at += size;
        return length;
    }

    /** The event that a token writes for a transfer; none for Ether. */
    static String log(Sent sent) {
        return sent.data().isEmpty()
                ? ""
                : """
                {"address": "%s", "topics": ["0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef", "0x%s", "0x%s"], "data": "0x%s"}""".formatted(
                                sent.to(),
                                "0".repeat(24) + FakeChain.PAYER.substring(2).toLowerCase(Locale.ROOT),
                                sent.data().substring(8, 72),
                                sent.data().substring(72));
    }
}
