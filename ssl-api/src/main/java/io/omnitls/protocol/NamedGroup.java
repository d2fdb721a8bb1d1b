package io.omnitls.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A group for key exchange from the IANA registry <em>TLS Supported Groups</em>: a curve, a finite field or a
 * post-quantum hybrid.
 *
 * @param id the two bytes of the registry
 * @param name the registry's name, for instance {@code x25519}; {@code unknown(0x0a0a)} for an id that is not listed
 *     here
 */
public record NamedGroup(int id, String name) {
    public NamedGroup {
        Objects.requireNonNull(name, "name");
    }

    public static final NamedGroup SECP256R1 = new NamedGroup(0x0017, "secp256r1");
    public static final NamedGroup SECP384R1 = new NamedGroup(0x0018, "secp384r1");
    public static final NamedGroup SECP521R1 = new NamedGroup(0x0019, "secp521r1");
    public static final NamedGroup X25519 = new NamedGroup(0x001d, "x25519");
    public static final NamedGroup X448 = new NamedGroup(0x001e, "x448");
    public static final NamedGroup FFDHE2048 = new NamedGroup(0x0100, "ffdhe2048");
    public static final NamedGroup FFDHE3072 = new NamedGroup(0x0101, "ffdhe3072");
    public static final NamedGroup FFDHE4096 = new NamedGroup(0x0102, "ffdhe4096");
    public static final NamedGroup FFDHE6144 = new NamedGroup(0x0103, "ffdhe6144");
    public static final NamedGroup FFDHE8192 = new NamedGroup(0x0104, "ffdhe8192");
    public static final NamedGroup X25519MLKEM768 = new NamedGroup(0x11ec, "X25519MLKEM768");

    private static final List<NamedGroup> REGISTRY = List.of(
            new NamedGroup(0x0013, "secp192r1"),
            new NamedGroup(0x0015, "secp224r1"),
            new NamedGroup(0x0016, "secp256k1"),
            SECP256R1,
            SECP384R1,
            SECP521R1,
            new NamedGroup(0x001a, "brainpoolP256r1"),
            new NamedGroup(0x001b, "brainpoolP384r1"),
            new NamedGroup(0x001c, "brainpoolP512r1"),
            X25519,
            X448,
            new NamedGroup(0x001f, "brainpoolP256r1tls13"),
            new NamedGroup(0x0020, "brainpoolP384r1tls13"),
            new NamedGroup(0x0021, "brainpoolP512r1tls13"),
            FFDHE2048,
            FFDHE3072,
            FFDHE4096,
            FFDHE6144,
            FFDHE8192,
            new NamedGroup(0x0200, "MLKEM512"),
            new NamedGroup(0x0201, "MLKEM768"),
            new NamedGroup(0x0202, "MLKEM1024"),
            new NamedGroup(0x11eb, "SecP256r1MLKEM768"),
            X25519MLKEM768,
            new NamedGroup(0x11ed, "SecP384r1MLKEM1024"));

    /** The group with this id; one that is not listed is named {@code unknown(0x....)}. */
    public static NamedGroup of(int id) {
        for (NamedGroup group : REGISTRY) {
            if (group.id == id) {
                return group;
            }
        }
        return new NamedGroup(id, RegistryId.unknown(id));
    }

    /** The group with this registry name, or with OpenSSL's or NIST's name for it, in any case. */
    public static Optional<NamedGroup> of(String name) {
        Objects.requireNonNull(name, "name");
        String wanted = switch (name.toLowerCase(Locale.ROOT)) {
            case "p-256", "prime256v1" -> "secp256r1";
            case "p-384" -> "secp384r1";
            case "p-521" -> "secp521r1";
            default -> name;
        };
        return REGISTRY.stream()
                .filter(group -> group.name.equalsIgnoreCase(wanted))
                .findFirst();
    }

    /** The registry's name. */
    @Override
    public String toString() {
        return name;
    }
}
