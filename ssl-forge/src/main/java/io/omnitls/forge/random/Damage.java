package io.omnitls.forge.random;

import io.omnitls.forge.Der;
import java.util.Arrays;
import java.util.List;

/** Spoils an extension: each way for every extension, for parsers fail each in a way of its own. */
final class Damage {
    private final Chance chance;

    Damage(Chance chance) {
        this.chance = chance;
    }

    /** Spoils one of the values, or has it twice; says which extension that is. */
    String one(List<Value> values) {
        if (values.isEmpty()) {
            return "";
        }
        int at = chance.below(values.size());
        Value value = values.get(at);
        if (chance.oneIn(6)) {
            values.add(chance.below(values.size() + 1), chance.coin() ? value : value.with(spoiled(value.value())));
        } else {
            values.set(at, value.with(spoiled(value.value())));
        }
        return value.oid();
    }

    byte[] spoiled(byte[] value) {
        return switch (chance.below(9)) {
            case 0 -> new byte[0];
            case 1 -> Der.concat(value, new byte[] {0});
            case 2 -> Der.concat(value, Der.nothing());
            case 3 -> Arrays.copyOf(value, Math.max(0, value.length - 1));
            case 4 -> Der.ascii(Der.PRINTABLE_STRING, "hi");
            case 5 -> retagged(value);
            case 6 -> longer(value);
            case 7 -> longLength(value);
            default -> Der.sequence(value);
        };
    }

    private static byte[] retagged(byte[] value) {
        byte[] other = value.clone();
        if (other.length > 0) {
            other[0] ^= 0x20;
        }
        return other;
    }

    /** One element more within the outermost. */
    private static byte[] longer(byte[] value) {
        boolean shortForm = value.length > 1 && value[1] >= 0;
        return shortForm
                ? Der.element(value[0] & 0xff, Arrays.copyOfRange(value, 2, value.length), Der.nothing())
                : value;
    }

    /** The length in more bytes than it takes: BER, but not DER. */
    private static byte[] longLength(byte[] value) {
        boolean shortForm = value.length > 1 && value[1] >= 0;
        return shortForm
                ? Der.concat(new byte[] {value[0], (byte) 0x81, value[1]}, Arrays.copyOfRange(value, 2, value.length))
                : value;
    }
}
