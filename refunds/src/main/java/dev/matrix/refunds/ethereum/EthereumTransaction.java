package dev.matrix.refunds.ethereum;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.ProviderApi;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A transaction to sign: of EIP-1559, or with one price for gas and replay protection by EIP-155.
 *
 * @param tip per gas, for who mines it; the whole price where it is a legacy one
 * @param maxFee per gas, in all
 * @param to an address
 * @param data of a call; empty for a transfer of Ether
 */
record EthereumTransaction(
        boolean legacy,
        long chainId,
        long nonce,
        BigInteger tip,
        BigInteger maxFee,
        BigInteger gas,
        String to,
        BigInteger value,
        byte[] data) {

    private static final byte TYPE = 2;
    private static final int WORD = 32;
    private static final long EIP_155 = 35;
    private static final HexFormat HEX = HexFormat.of();

    /** A transaction with its signature. */
    record Signed(byte[] raw) {

        /** The transaction's hash, {@code 0x…}. */
        String hash() {
            return "0x" + HEX.formatHex(Keccak.hash(raw));
        }

        /** The bytes to send, {@code 0x…}. */
        String hex() {
            return "0x" + HEX.formatHex(raw);
        }
    }

    private List<byte[]> fields() {
        List<byte[]> fields = new ArrayList<>();
        if (!legacy) {
            fields.add(Rlp.number(BigInteger.valueOf(chainId)));
        }
        fields.add(Rlp.number(BigInteger.valueOf(nonce)));
        if (!legacy) {
            fields.add(Rlp.number(tip));
        }
        fields.add(Rlp.number(maxFee));
        fields.add(Rlp.number(gas));
        fields.add(Rlp.bytes(EthereumAddress.bytes(to)));
        fields.add(Rlp.number(value));
        fields.add(Rlp.bytes(data));
        if (!legacy) {
            fields.add(Rlp.list(List.of()));
        }
        return fields;
    }

    /** What is signed is the hash of this. */
    byte[] unsigned() {
        List<byte[]> fields = fields();
        if (!legacy) {
            return Rlp.joined(new byte[] {TYPE}, Rlp.list(fields));
        }
        fields.add(Rlp.number(BigInteger.valueOf(chainId)));
        fields.add(Rlp.number(BigInteger.ZERO));
        fields.add(Rlp.number(BigInteger.ZERO));
        return Rlp.list(fields);
    }

    Signed sign(EthereumSigner signer) {
        byte[] signature = signer.sign(Keccak.hash(unsigned()));
        int parity = signature[2 * WORD];
        List<byte[]> fields = fields();
        fields.add(Rlp.number(BigInteger.valueOf(legacy ? chainId * 2 + EIP_155 + parity : parity)));
        fields.add(Rlp.number(new BigInteger(1, Arrays.copyOfRange(signature, 0, WORD))));
        fields.add(Rlp.number(new BigInteger(1, Arrays.copyOfRange(signature, WORD, 2 * WORD))));
        byte[] list = Rlp.list(fields);
        return new Signed(legacy ? list : Rlp.joined(new byte[] {TYPE}, list));
    }

    /** As the store keeps it. */
    String document() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("type", new JsonString(legacy ? "0" : "2"));
        members.put("chainId", new JsonString(Long.toString(chainId)));
        members.put("nonce", new JsonString(Long.toString(nonce)));
        members.put("tip", new JsonString(tip.toString()));
        members.put("maxFee", new JsonString(maxFee.toString()));
        members.put("gas", new JsonString(gas.toString()));
        members.put("to", new JsonString(to));
        members.put("value", new JsonString(value.toString()));
        members.put("data", new JsonString(HEX.formatHex(data)));
        return new String(ProviderApi.json(new JsonObject(members)), StandardCharsets.UTF_8);
    }

    /** What {@link #document} wrote. */
    static EthereumTransaction of(String document) {
        JsonFields fields = ProviderApi.read(document.getBytes(StandardCharsets.UTF_8));
        if (fields == null) {
            throw new IllegalStateException("A stored transaction can't be read: its row was altered.");
        }
        return new EthereumTransaction(
                text(fields, "type").equals("0"),
                Long.parseLong(text(fields, "chainId")),
                Long.parseLong(text(fields, "nonce")),
                new BigInteger(text(fields, "tip")),
                new BigInteger(text(fields, "maxFee")),
                new BigInteger(text(fields, "gas")),
                text(fields, "to"),
                new BigInteger(text(fields, "value")),
                HEX.parseHex(text(fields, "data")));
    }

    private static String text(JsonFields fields, String name) {
        String text = fields.text(name);
        if (text == null) {
            throw new IllegalStateException("A stored transaction has no " + name + ": its row was altered.");
        }
        return text;
    }

    /** This with other fees. */
    EthereumTransaction priced(BigInteger newTip, BigInteger newMaxFee) {
        return new EthereumTransaction(legacy, chainId, nonce, newTip, newMaxFee, gas, to, value, data);
    }

    /** Nothing, sent to oneself at the same nonce: it takes the place of a payment. */
    EthereumTransaction cancellation(String self, BigInteger transferGas) {
        return new EthereumTransaction(
                legacy, chainId, nonce, tip, maxFee, transferGas, self, BigInteger.ZERO, new byte[0]);
    }
}
