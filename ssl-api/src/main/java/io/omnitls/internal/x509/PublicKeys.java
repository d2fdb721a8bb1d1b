package io.omnitls.internal.x509;

import io.omnitls.protocol.NamedGroup;
import java.security.PublicKey;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be known of a public key: its kind and its strength, as OpenSSL counts it. */
public final class PublicKeys {
    private PublicKeys() {}

    /** RSA, RSASSA-PSS, EC, Ed25519, Ed448 or DSA; backends disagree about the names of the Edwards curves. */
    public static String algorithm(PublicKey key) {
        String name = key.getAlgorithm();
        if (name.equals("EdDSA")) {
            // id-Ed25519 is 1.3.101.112 and id-Ed448 is 1.3.101.113 (RFC 8410), which end a SubjectPublicKeyInfo's
            // eleven first bytes: the encodings are 44 and 69 bytes long.
            return key.getEncoded().length == 44 ? "Ed25519" : "Ed448";
        }
        if (name.equals("RSA") && isPss(key.getEncoded())) {
            return "RSASSA-PSS";
        }
        return name.equals("ECDSA") ? "EC" : name;
    }

    /** Whether this SubjectPublicKeyInfo has id-RSASSA-PSS (RFC 4055), which BC-FIPS calls RSA like rsaEncryption. */
    private static boolean isPss(byte @Nullable [] encoded) {
        try {
            return encoded != null
                    && DerReader.of(encoded)
                            .enter(DerReader.SEQUENCE)
                            .enter(DerReader.SEQUENCE)
                            .oid()
                            .equals("1.2.840.113549.1.1.10");
        } catch (DerException unreadable) {
            return false;
        }
    }

    /**
     * The curve of an EC key, when the registry of groups has it; empty for other keys.
     *
     * <pre>
     * SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }
     * AlgorithmIdentifier  ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }
     * ECParameters         ::= CHOICE { namedCurve OBJECT IDENTIFIER, ... }    -- RFC 5480 section 2.1.1
     * </pre>
     */
    public static Optional<NamedGroup> curve(PublicKey key) {
        if (!algorithm(key).equals("EC") || key.getEncoded() == null) {
            return Optional.empty();
        }
        try {
            DerReader identifier =
                    DerReader.of(key.getEncoded()).enter(DerReader.SEQUENCE).enter(DerReader.SEQUENCE);
            identifier.skip();
            return identifier.peek() == DerReader.OID
                    ? Optional.ofNullable(CURVES.get(identifier.oid())).flatMap(NamedGroup::of)
                    : Optional.empty();
        } catch (DerException malformed) {
            return Optional.empty();
        }
    }

    /** The registry's names by object identifier: RFC 5480 section 2.1.1.1, SEC 2, RFC 5639 section 4.1. */
    private static final Map<String, String> CURVES = Map.of(
            "1.2.840.10045.3.1.1", "secp192r1",
            "1.3.132.0.33", "secp224r1",
            "1.3.132.0.10", "secp256k1",
            "1.2.840.10045.3.1.7", "secp256r1",
            "1.3.132.0.34", "secp384r1",
            "1.3.132.0.35", "secp521r1",
            "1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1",
            "1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1",
            "1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1");

    /** The size that people name: the modulus, the order of the curve; 0 when it is not known. */
    public static int bits(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().bitLength();
        }
        if (key instanceof ECKey ec) {
            return ec.getParams().getOrder().bitLength();
        }
        if (key instanceof DSAKey dsa && dsa.getParams() != null) {
            return dsa.getParams().getP().bitLength();
        }
        return switch (algorithm(key)) {
            case "Ed25519" -> 253;
            case "Ed448" -> 456;
            default -> 0;
        };
    }

    /** The bits of security, as {@code EVP_PKEY_get_security_bits} has them; 0 when they are not known. */
    public static int securityBits(PublicKey key) {
        if (key instanceof RSAKey || key instanceof DSAKey) {
            return Strength.ofModulus(bits(key));
        }
        if (key instanceof ECKey) {
            return Strength.ofOrder(bits(key));
        }
        return switch (algorithm(key)) {
            case "Ed25519" -> 128;
            case "Ed448" -> 224;
            default -> 0;
        };
    }
}
