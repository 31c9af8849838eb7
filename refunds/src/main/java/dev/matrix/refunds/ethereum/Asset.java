package dev.matrix.refunds.ethereum;

import dev.matrix.core.money.Currency;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is paid out.
 *
 * @param currency its code
 * @param decimals of the smallest unit: 18 for Ether, the contract's own for a token
 * @param contract of an ERC-20 token; null: Ether
 */
record Asset(String currency, int decimals, @Nullable String contract) {

    // transfer(address,uint256), balanceOf(address), Transfer(address,address,uint256)
    private static final String TRANSFER = "a9059cbb";
    private static final String BALANCE_OF = "70a08231";
    static final String TRANSFERRED = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    private static final int WORD_DIGITS = 64;

    static Asset ether() {
        return new Asset("ETH", 18, null);
    }

    static Asset token(Currency currency, String contract) {
        return new Asset(currency.code(), currency.scale(), contract);
    }

    /** Where a payment to an address is sent. */
    String target(String to) {
        return contract == null ? to : contract;
    }

    /** The Ether that goes with a payment. */
    BigInteger value(BigInteger units) {
        return contract == null ? units : BigInteger.ZERO;
    }

    /** What is called to pay. */
    byte[] data(String to, BigInteger units) {
        return contract == null
                ? new byte[0]
                : HexFormat.of().parseHex(TRANSFER + word(to.substring(2)) + word(units.toString(16)));
    }

    /** What is called to read a balance of the token. */
    static String balanceOf(String owner) {
        return "0x" + BALANCE_OF + word(owner.substring(2));
    }

    /** 32 bytes in hex. */
    static String word(String hex) {
        return "0".repeat(WORD_DIGITS - hex.length()) + hex.toLowerCase(Locale.ROOT);
    }
}
