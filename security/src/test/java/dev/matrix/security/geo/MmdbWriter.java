package dev.matrix.security.geo;

import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small files in MaxMind's DB format 2.0: IPv6, 24-bit records. IPv4 networks stand below ::/96, as the format has it. */
public final class MmdbWriter {

    private static final int EMPTY = -1;
    private static final byte[] MARKER = "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);

    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();

    private MmdbWriter() {}

    /** Writes networks that don't overlap, each with its data. */
    public static void write(Path file, Instant builtAt, Map<String, Map<String, Object>> networks) throws IOException {
        MmdbWriter writer = new MmdbWriter();
        for (Map.Entry<String, Map<String, Object>> each : networks.entrySet()) {
            writer.add(IpRange.parse(each.getKey()), each.getKey(), each.getValue());
        }
        Files.write(file, writer.bytes(builtAt));
    }

    private void add(IpRange range, String text, Map<String, Object> record) {
        offsets.add(data.size());
        put(data, record);
        IpAddress first = range.first();
        int own = Integer.parseInt(text.substring(text.indexOf('/') + 1));
        int length = first.v4() ? 96 + own : own;
        byte[] bits =
                ByteBuffer.allocate(16).putLong(first.hi()).putLong(first.lo()).array();
        int node = 0;
        for (int i = 0; i < length; i++) {
            int side = bits[i / 8] >> (7 - i % 8) & 1;
            if (i == length - 1) {
                nodes.get(node)[side] = -1 - offsets.size();
            } else {
                if (nodes.get(node)[side] == EMPTY) {
                    nodes.add(new int[] {EMPTY, EMPTY});
                    nodes.get(node)[side] = nodes.size() - 1;
                }
                node = nodes.get(node)[side];
            }
        }
    }

    private byte[] bytes(Instant builtAt) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int[] node : nodes) {
            for (int target : node) {
                int record = target == EMPTY
                        ? nodes.size()
                        : target >= 0 ? target : nodes.size() + 16 + offsets.get(-2 - target);
                out.write(record >> 16);
                out.write(record >> 8);
                out.write(record);
            }
        }
        out.writeBytes(new byte[16]);
        out.writeBytes(data.toByteArray());
        out.writeBytes(MARKER);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("node_count", BigInteger.valueOf(nodes.size()));
        metadata.put("record_size", 24);
        metadata.put("ip_version", 6);
        metadata.put("database_type", "Test");
        metadata.put("languages", List.of("en"));
        metadata.put("binary_format_major_version", 2);
        metadata.put("binary_format_minor_version", 0);
        metadata.put("build_epoch", builtAt.getEpochSecond());
        metadata.put("description", Map.of("en", "Test"));
        put(out, metadata);
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, Object value) {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            control(out, 2, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof Boolean flag) {
            control(out, 14, flag ? 1 : 0);
        } else if (value instanceof Map<?, ?> map) {
            control(out, 7, map.size());
            map.forEach((name, each) -> {
                put(out, name);
                put(out, each);
            });
        } else if (value instanceof List<?> list) {
            control(out, 11, list.size());
            list.forEach(each -> put(out, each));
        } else if (value instanceof Integer number) {
            number(out, 5, BigInteger.valueOf(number));
        } else if (value instanceof BigInteger number) {
            number(out, 6, number);
        } else if (value instanceof Long number) {
            number(out, 9, BigInteger.valueOf(number));
        } else {
            throw new IllegalArgumentException("Not written here: " + value);
        }
    }

    private static void number(ByteArrayOutputStream out, int type, BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        control(out, type, bytes.length - from);
        out.write(bytes, from, bytes.length - from);
    }

    /** Sizes of 29 and more have a byte of their own. */
    private static void control(ByteArrayOutputStream out, int type, int size) {
        int shown = Math.min(size, 29);
        out.write(type > 7 ? shown : type << 5 | shown);
        if (type > 7) {
            out.write(type - 7);
        }
        if (size >= 29) {
            out.write(size - 29);
        }
    }
}
