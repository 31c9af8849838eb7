package dev.matrix.refunds.ethereum;

import dev.matrix.core.InvalidRequestException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Signs by Bouncy Castle's secp256k1 and RFC 6979. The key is overwritten on close. */
final class LocalSigner implements EthereumSigner {

    private static final int SIZE = 32;
    private static final int ADDRESS = 20;
    private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters CURVE =
            new ECDomainParameters(PARAMETERS.getCurve(), PARAMETERS.getG(), PARAMETERS.getN(), PARAMETERS.getH());
    private static final BigInteger HALF = CURVE.getN().shiftRight(1);

    private final byte[] key;
    private final ECPoint publicKey;
    private final String address;
    private volatile boolean closed;

    LocalSigner(byte[] privateKey) {
        BigInteger d = new BigInteger(1, privateKey);
        if (privateKey.length != SIZE || d.signum() == 0 || d.compareTo(CURVE.getN()) >= 0) {
            throw new InvalidRequestException(
                    "A private key of secp256k1 is 32 bytes between 1 and the curve's order.");
        }
        this.key = privateKey.clone();
        this.publicKey =
                new FixedPointCombMultiplier().multiply(CURVE.getG(), d).normalize();
        byte[] encoded = publicKey.getEncoded(false);
        byte[] hash = Keccak.hash(Arrays.copyOfRange(encoded, 1, encoded.length));
        this.address = EthereumAddress.of(Arrays.copyOfRange(hash, hash.length - ADDRESS, hash.length));
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public byte[] sign(byte[] hash) {
        if (closed) {
            throw new IllegalStateException("The signer of " + address + " was closed.");
        }
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, key), CURVE));
        BigInteger[] signature = signer.generateSignature(hash);
        BigInteger r = signature[0];
        BigInteger s = signature[1].compareTo(HALF) > 0 ? CURVE.getN().subtract(signature[1]) : signature[1];
        byte[] out = new byte[2 * SIZE + 1];
        write(r, out, 0);
        write(s, out, SIZE);
        out[2 * SIZE] = recovery(hash, r, s);
        return out;
    }

    /** Which of the two points with that r gives this key: 0 for the one with an even y. */
    private byte recovery(byte[] hash, BigInteger r, BigInteger s) {
        BigInteger inverse = r.modInverse(CURVE.getN());
        BigInteger e = new BigInteger(1, hash);
        for (byte id = 0; id < 2; id++) {
            byte[] compressed = new byte[SIZE + 1];
            compressed[0] = (byte) (2 + id);
            write(r, compressed, 1);
            ECPoint point = CURVE.getCurve().decodePoint(compressed);
            BigInteger ofG = e.negate().multiply(inverse).mod(CURVE.getN());
            BigInteger ofR = s.multiply(inverse).mod(CURVE.getN());
            ECPoint candidate = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), ofG, point, ofR);
            if (candidate.normalize().equals(publicKey)) {
                return id;
            }
        }
        throw new IllegalStateException("The signature gives no key back; nothing was sent.");
    }

    private static void write(BigInteger value, byte[] out, int at) {
        byte[] bytes = Rlp.unsigned(value);
        System.arraycopy(bytes, 0, out, at + SIZE - bytes.length, bytes.length);
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(key, (byte) 0);
    }

    /** The address alone. */
    @Override
    public String toString() {
        return "EthereumSigner[" + address + "]";
    }
}
