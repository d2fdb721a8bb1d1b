package io.omnitls.cli;

import java.util.Collection;
import java.util.Map;

/** Writes maps, collections, strings, numbers and booleans as JSON (RFC 8259), which is harmless on a terminal. */
final class Json {
    private Json() {}

    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value, "\n");
        return out.toString();
    }

    /** The same in one line. */
    static String line(Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value, "");
        return out.toString();
    }

    /** @param newline what each entry begins with, which grows with the depth; empty for everything in one line */
    private static void append(StringBuilder out, Object value, String newline) {
        if (value instanceof Map<?, ?> map) {
            String inner = newline.isEmpty() ? "" : newline + "  ";
            out.append('{');
            String separator = inner;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                string(out, entry.getKey().toString());
                out.append(": ");
                append(out, entry.getValue(), inner);
                separator = "," + inner;
            }
            out.append(newline).append('}');
        } else if (value instanceof Collection<?> items) {
            out.append('[');
            String separator = "";
            for (Object item : items) {
                out.append(separator);
                append(out, item, newline.isEmpty() ? "" : newline + "  ");
                separator = ", ";
            }
            out.append(']');
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(out, value.toString());
        }
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (Printable.isHarmful(c)) { // RFC 8259 wants no more than the first control characters
                for (char unit : Character.toChars(c)) {
                    out.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                out.appendCodePoint(c);
            }
        });
        out.append('"');
    }
}
