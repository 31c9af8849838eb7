package dev.matrix.refunds.ethereum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The encodings and signatures against vectors of others: EIP-55, EIP-155, Besu's of EIP-1559, the RLP tests, RFC 6979's for secp256k1. */
@Tag("A31")
class EthereumVectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    private static byte[] text(String text) {
        return Rlp.bytes(text.getBytes(UTF_8));
    }

    @Test
    void recursiveLengthPrefix() {
        assertThat(HEX.formatHex(text("dog"))).isEqualTo("83646f67");
        assertThat(HEX.formatHex(Rlp.list(List.of(text("cat"), text("dog"))))).isEqualTo("c88363617483646f67");
        assertThat(HEX.formatHex(text(""))).isEqualTo("80");
        assertThat(HEX.formatHex(Rlp.list(List.of()))).isEqualTo("c0");
        assertThat(HEX.formatHex(Rlp.number(BigInteger.ZERO))).isEqualTo("80");
        assertThat(HEX.formatHex(Rlp.bytes(new byte[] {0}))).isEqualTo("00");
        assertThat(HEX.formatHex(Rlp.number(BigInteger.valueOf(15)))).isEqualTo("0f");
        assertThat(HEX.formatHex(Rlp.number(BigInteger.valueOf(127)))).isEqualTo("7f");
        assertThat(HEX.formatHex(Rlp.number(BigInteger.valueOf(128)))).isEqualTo("8180");
        assertThat(HEX.formatHex(Rlp.number(BigInteger.valueOf(1024)))).isEqualTo("820400");
        byte[] empty = Rlp.list(List.of());
        byte[] one = Rlp.list(List.of(empty));
        assertThat(HEX.formatHex(Rlp.list(List.of(empty, one, Rlp.list(List.of(empty, one))))))
                .isEqualTo("c7c0c1c0c3c0c1c0");
        assertThat(HEX.formatHex(text("Lorem ipsum dolor sit amet, consectetur adipisicing elit")))
                .startsWith("b8384c6f72656d")
                .hasSize(116);
        assertThat(HEX.formatHex(Rlp.bytes(new byte[1024])))
                .startsWith("b90400")
                .hasSize(2054);
    }

    @ParameterizedTest
    @Tag("R35")
    @ValueSource(
            strings = {
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
                "0xde709f2102306220921060314715629080e2fb77",
                "0x27b1fdb04752bbc536007a920d24acb045561c26",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
            })
    void addressesWithChecksum(String address) {
        assertThat(EthereumAddress.problem(address)).isEmpty();
        assertThat(EthereumAddress.checksummed(address.toLowerCase(Locale.ROOT)))
                .isEqualTo(address);
        assertThat(EthereumAddress.problem(address.toLowerCase(Locale.ROOT))).isEmpty();
    }

    @ParameterizedTest
    @Tag("R35")
    @ValueSource(
            strings = {
                "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
                "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg",
                "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED",
                "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8"
            })
    void addressesThatAreWrong(String address) {
        assertThat(EthereumAddress.problem(address)).isPresent();
    }

    @Test
    void theExampleOfEip155() {
        EthereumSigner signer = EthereumSigner.local(HEX.parseHex("46".repeat(32)));
        BigInteger price = BigInteger.valueOf(20_000_000_000L);
        EthereumTransaction transaction = new EthereumTransaction(
                true,
                1,
                9,
                price,
                price,
                BigInteger.valueOf(21_000),
                "0x" + "35".repeat(20),
                BigInteger.TEN.pow(18),
                new byte[0]);

        assertThat(HEX.formatHex(transaction.unsigned()))
                .isEqualTo(
                        "ec098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a764000080018080");
        assertThat(HEX.formatHex(Keccak.hash(transaction.unsigned())))
                .isEqualTo("daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
        assertThat(transaction.sign(signer).hex())
                .isEqualTo(
                        "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a0"
                                + "28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b"
                                + "3800ccf555c9f3dc64214b297fb1966a3b6d83");
    }

    // From the tests of Besu: chain 7822, paid to 0x…aaaa.
    @ParameterizedTest
    @CsvSource({
        "819,43203529,35552,75853,121212,02f870821e8e8203338301284d8301d97c828ae094000000000000000000000000000000000000aaaa8402933bc980c080a0d067f2167008c59219652f91cbf8788dbca5f771f6e91e2b7657e85b78b472e0a01d305af9fe81fdba43f0dfcd400ed24dcace0a7e30d4e85701dcaaf484cd079e",
        "353,61901619,32593,38850,136295,02f86f821e8e8201618297c283021467827f5194000000000000000000000000000000000000aaaa8403b08b3380c001a004205678f13fc1d7b10feea6513dfa76e24418b6e08097d95c6f93a3b64e536da01d45ad61bfece43862de2cce7d2575a8c1d08c26c87f3cb5f26d7b0be54a91b2",
        "985,32531825,68541,66377,136097,02f871821e8e8203d983010349830213a183010bbd94000000000000000000000000000000000000aaaa8401f0657180c001a0e6d23c5ecc0f388a4d41a9523c3ad171e98083a61288c340b968dfe0903a6741a07319e8d54a4fd8f0c081d3ce093d869f9df598481991c8534bfd8f2c163884b4",
        "709,6478043,28335,86252,94636,02f86f821e8e8202c5830150ec830171ac826eaf94000000000000000000000000000000000000aaaa8362d8db80c001a09880d133cd636f8c8dce32e2c43494b9f2dc000eee8dc61931e09f866ed04b46a00e44d5c503c7f08b36c8b062c32a963f3dd20a71e95e3d903bfbe7f4da47cd47",
        "119,65456115,62341,24721,107729,02f86d821e8e778260918301a4d182f38594000000000000000000000000000000000000aaaa8403e6c7f380c001a0e38e239770801eb995498c821e55ac9c19ae09184bb27b34be105e02fe3b7615a067c64ca6bd6d9107e85fd581ab2e70a14b637eb36505bb40861ef9d6e800cab6"
    })
    void transactionsOfEip1559(long nonce, long value, long gas, long tip, long maxFee, String raw) {
        EthereumSigner signer =
                EthereumSigner.local(HEX.parseHex("8f2a55949038a9610f50fb23b5883af3b4ecb3c3bb792cbcefbd1542c692be63"));
        EthereumTransaction transaction = new EthereumTransaction(
                false,
                7_822,
                nonce,
                BigInteger.valueOf(tip),
                BigInteger.valueOf(maxFee),
                BigInteger.valueOf(gas),
                "0x000000000000000000000000000000000000aaaa",
                BigInteger.valueOf(value),
                new byte[0]);

        assertThat(transaction.sign(signer).hex()).isEqualTo("0x" + raw);
        assertThat(EthereumTransaction.of(transaction.document()).sign(signer).hex())
                .isEqualTo("0x" + raw);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0000000000000000000000000000000000000000000000000000000000000001|Satoshi Nakamoto|934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8|2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
                "0000000000000000000000000000000000000000000000000000000000000001|All those moments will be lost in time, like tears in rain. Time to die...|8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b|547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21",
                "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140|Satoshi Nakamoto|fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0|6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5",
                "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181|Alan Turing|7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c|58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"
            })
    void signaturesOfRfc6979AreTheSameEachTimeWithALowS(String key, String message, String r, String s)
            throws NoSuchAlgorithmException {
        EthereumSigner signer = EthereumSigner.local(HEX.parseHex(key));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(message.getBytes(UTF_8));

        assertThat(HEX.formatHex(signer.sign(hash))).startsWith(r + s).isEqualTo(HEX.formatHex(signer.sign(hash)));
    }

    @Test
    @Tag("A37")
    void aKeyIsCopiedCheckedAndWiped() {
        byte[] key = HEX.parseHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
        EthereumSigner signer = EthereumSigner.local(key);

        assertThat(signer.address()).isEqualTo(FakeChain.PAYER);
        assertThat(signer.toString()).doesNotContain("ac0974");
        signer.close();
        assertThatThrownBy(() -> signer.sign(new byte[32])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> EthereumSigner.local(new byte[32])).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> EthereumSigner.local(new byte[31])).isInstanceOf(InvalidRequestException.class);
        assertThat(key[0]).isEqualTo((byte) 0xac);
    }
}
