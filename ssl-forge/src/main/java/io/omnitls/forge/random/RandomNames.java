package io.omnitls.forge.random;

import io.omnitls.forge.Der;
import io.omnitls.forge.Names;
import io.omnitls.forge.StringType;
import java.util.List;
import java.util.Locale;

/** Names in the string types and spellings that are one and the same to RFC 5280 section 7.1, and some that are not. */
final class RandomNames {
    private static final String MULTI_VALUED = "+";

    /** Types whose strings are equal when their characters are. */
    private static final List<StringType> SAME = List.of(
            StringType.UTF8,
            StringType.PRINTABLE,
            StringType.T61,
            StringType.IA5,
            StringType.UNIVERSAL,
            StringType.BMP);

    private final Chance chance;

    RandomNames(Chance chance) {
        this.chance = chance;
    }

    /** What a subject is called: with a plus at its end, in an RDN of two values. */
    String text(String text) {
        return chance.oneIn(12) ? text + MULTI_VALUED : text;
    }

    /** A subject. */
    byte[] subject(String text) {
        if (chance.odd(200)) {
            return broken(text);
        }
        if (chance.odd(100)) {
            return Names.name();
        }
        return chance.oneIn(4) ? spelled(text) : plain(text);
    }

    /** How a certificate below {@code subject} calls its issuer. */
    byte[] issuer(String text, byte[] subject) {
        if (chance.odd(200)) {
            return broken(text);
        }
        if (chance.odd(100)) {
            return spelled(text + " of old");
        }
        return chance.oneIn(5) ? spelled(text) : subject;
    }

    /** The proxy's name: its owner's, and one common name more (RFC 3820 section 3.4). */
    byte[] proxy(byte[] owner, String text) {
        byte[] added = chance.odd(8)
                ? Names.rdn(attribute(Names.COMMON_NAME, text), attribute(Names.ORGANIZATION, text))
                : Names.rdn(attribute(chance.odd(8) ? Names.ORGANIZATION : Names.COMMON_NAME, text));
        return appended(owner, added);
    }

    private static byte[] appended(byte[] name, byte[] rdn) {
        // Names are short here: their length is one byte.
        byte[] content = new byte[name.length - 2];
        System.arraycopy(name, 2, content, 0, content.length);
        return Der.sequence(content, rdn);
    }

    private static byte[] attribute(String oid, String text) {
        return Names.attribute(oid, StringType.UTF8.encode(text));
    }

    private static byte[] plain(String text) {
        return text.endsWith(MULTI_VALUED)
                ? Names.name(Names.rdn(attribute(Names.COMMON_NAME, text), attribute(Names.ORGANIZATION, "forge")))
                : Names.commonName(text);
    }

    private byte[] spelled(String text) {
        StringType type = chance.odd(20) ? StringType.NUMERIC : chance.of(SAME);
        byte[] common = Names.attribute(Names.COMMON_NAME, type.encode(respaced(text)));
        if (text.endsWith(MULTI_VALUED)) {
            byte[] organization = attribute(Names.ORGANIZATION, "forge");
            return chance.coin()
                    ? Names.name(Names.rdn(common, organization))
                    : Names.name(Names.rdn(organization, common));
        }
        // To OpenSSL an empty RDN is none.
        return chance.oneIn(20) ? Names.name(Names.rdn(), Names.rdn(common)) : Names.name(Names.rdn(common));
    }

    private String respaced(String text) {
        return switch (chance.below(6)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> "  " + text.replace(" ", "   ") + " ";
            case 2 -> text.replace(' ', '\t');
            default -> text;
        };
    }

    /** Names that no parser need take. */
    private byte[] broken(String text) {
        byte[] value = switch (chance.below(11)) {
            case 0 -> StringType.UTF8.encode(new byte[] {'a', (byte) 0xff});
            case 1 -> StringType.BMP.encode(new byte[] {0, 'a', 0});
            case 2 -> StringType.UNIVERSAL.encode(new byte[] {0, 0x11, 0, 0});
            case 3 -> StringType.UTF8.encode(text + "\0");
            case 4 -> Der.integer(5);
            case 5 -> Der.sequence(StringType.UTF8.encode(text));
            case 6 -> Der.octets(new byte[] {'a'});
            case 7 -> StringType.PRINTABLE.encode(new byte[] {'a', '@', (byte) 0xe4});
            default -> StringType.UTF8.encode("");
        };
        return Names.name(Names.rdn(Names.attribute(Names.COMMON_NAME, value)));
    }
}
