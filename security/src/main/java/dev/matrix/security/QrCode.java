package dev.matrix.security;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A QR code (ISO/IEC 18004) at level M, with the quiet zone of 4 modules that scanners need. Immutable. */
public final class QrCode {

    private static final int QUIET_ZONE = 4;

    private final BitMatrix modules;

    private QrCode(BitMatrix modules) {
        this.modules = modules;
    }

    static QrCode of(String text) {
        Map<EncodeHintType, Object> hints = Map.of(
                EncodeHintType.ERROR_CORRECTION,
                ErrorCorrectionLevel.M,
                EncodeHintType.MARGIN,
                QUIET_ZONE,
                EncodeHintType.CHARACTER_SET,
                StandardCharsets.UTF_8.name());
        try {
            return new QrCode(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints));
        } catch (WriterException e) {
            throw new IllegalArgumentException("The text is too long for a QR code.", e);
        }
    }

    /** How many modules each side has, the quiet zone included. */
    public int size() {
        return modules.getWidth();
    }

    /** Whether the module is dark. */
    public boolean isDark(int x, int y) {
        return modules.get(x, y);
    }

    /** The code as an SVG image, black on white, without any script or reference, to be set into a page. */
    public String svg() {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < size(); y++) {
            for (int x = 0; x < size(); x++) {
                if (isDark(x, y)) {
                    path.append('M').append(x).append(',').append(y).append("h1v1h-1z");
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size() + " " + size()
                + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0,0h" + size() + "v" + size()
                + "h-" + size() + "z\"/><path d=\"" + path + "\"/></svg>";
    }

    /** The code for a terminal that is light on dark: two characters a module, one line a row. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int y = 0; y < size(); y++) {
            for (int x = 0; x < size(); x++) {
                text.append(isDark(x, y) ? "  " : "██");
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Without what it shows, which is a secret. */
    @Override
    public String toString() {
        return "QrCode[" + size() + " modules]";
    }
}
