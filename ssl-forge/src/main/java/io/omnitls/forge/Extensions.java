package io.omnitls.forge;

import java.math.BigInteger;
import java.util.Optional;

/** The values of extensions (RFC 5280 section 4.2 and others), well-formed. */
public final class Extensions {
    public static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    public static final String KEY_USAGE = "2.5.29.15";
    public static final String SUBJECT_ALT_NAME = "2.5.29.17";
    public static final String ISSUER_ALT_NAME = "2.5.29.18";
    public static final String BASIC_CONSTRAINTS = "2.5.29.19";
    public static final String CRL_NUMBER = "2.5.29.20";
    public static final String REASON_CODE = "2.5.29.21";
    public static final String INVALIDITY_DATE = "2.5.29.24";
    public static final String DELTA_CRL_INDICATOR = "2.5.29.27";
    public static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    public static final String CERTIFICATE_ISSUER = "2.5.29.29";
    public static final String NAME_CONSTRAINTS = "2.5.29.30";
    public static final String DISTRIBUTION_POINTS = "2.5.29.31";
    public static final String CERTIFICATE_POLICIES = "2.5.29.32";
    public static final String POLICY_MAPPINGS = "2.5.29.33";
    public static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    public static final String POLICY_CONSTRAINTS = "2.5.29.36";
    public static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    public static final String FRESHEST_CRL = "2.5.29.46";
    public static final String INHIBIT_ANY_POLICY = "2.5.29.54";
    public static final String AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
    public static final String IP_ADDRESS_BLOCKS = "1.3.6.1.5.5.7.1.7";
    public static final String AUTONOMOUS_SYSTEMS = "1.3.6.1.5.5.7.1.8";
    public static final String PROXY_CERT_INFO = "1.3.6.1.5.5.7.1.14";
    public static final String OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    public static final String NETSCAPE_CERT_TYPE = "2.16.840.1.113730.1.1";
    public static final String UNKNOWN = "1.3.6.1.4.1.32473.1";

    public static final int DIGITAL_SIGNATURE = 0x80;
    public static final int KEY_CERT_SIGN = 0x04;
    public static final int CRL_SIGN = 0x02;

    public static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    public static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    public static final String ANY_PURPOSE = "2.5.29.37.0";
    public static final String NETSCAPE_SGC = "2.16.840.1.113730.4.1";
    public static final String MICROSOFT_SGC = "1.3.6.1.4.1.311.10.3.3";

    private static final byte[] ABSENT = {};

    private Extensions() {}

    /** @param pathLength -1 for none */
    public static byte[] basicConstraints(boolean authority, int pathLength) {
        return Der.sequence(authority ? Der.booleanTrue() : ABSENT, pathLength < 0 ? ABSENT : Der.integer(pathLength));
    }

    /** An authority with any number, be it negative or as long as one likes. */
    public static byte[] pathLength(BigInteger number) {
        return Der.sequence(Der.booleanTrue(), Der.integer(number));
    }

    /** @param bits of the first eight usages, digitalSignature highest */
    public static byte[] keyUsage(int bits) {
        return Der.bits(Integer.numberOfTrailingZeros(bits), (byte) bits);
    }

    public static byte[] extendedKeyUsage(String... purposes) {
        return oids(purposes);
    }

    private static byte[] oids(String... oids) {
        byte[][] encoded = new byte[oids.length][];
        for (int i = 0; i < oids.length; i++) {
            encoded[i] = Der.oid(oids[i]);
        }
        return Der.sequence(encoded);
    }

    public static byte[] dnsNames(String... names) {
        byte[][] encoded = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            encoded[i] = Names.dnsName(names[i]);
        }
        return Der.sequence(encoded);
    }

    /** @param subtrees 0 for permitted, 1 for excluded */
    public static byte[] nameConstraints(int subtrees, String... dnsNames) {
        byte[][] list = new byte[dnsNames.length][];
        for (int i = 0; i < dnsNames.length; i++) {
            list[i] = Der.sequence(Names.dnsName(dnsNames[i]));
        }
        return Der.sequence(Der.context(subtrees, list));
    }

    public static byte[] subjectKeyIdentifier(byte[] identifier) {
        return Der.octets(identifier);
    }

    public static byte[] authorityKeyIdentifier(byte[] identifier) {
        return Der.sequence(Der.primitive(0, identifier));
    }

    /**
     * The identifier with the issuer's own issuer and serial number.
     *
     * @param issuer a name; the GeneralNames of it alone is written
     */
    public static byte[] authorityKeyIdentifier(Optional<byte[]> identifier, byte[] issuer, BigInteger serial) {
        return Der.sequence(
                identifier.map(id -> Der.primitive(0, id)).orElse(ABSENT),
                Der.context(1, Names.directoryName(issuer)),
                Der.primitive(2, serial.toByteArray()));
    }

    /** @param flags the numbers of the fields that are TRUE */
    public static byte[] issuingDistributionPoint(String url, int... flags) {
        byte[][] fields = new byte[flags.length + 1][];
        fields[0] = url.isEmpty() ? ABSENT : pointName(url);
        for (int i = 0; i < flags.length; i++) {
            fields[i + 1] = Der.primitive(flags[i], new byte[] {(byte) 0xff});
        }
        return Der.sequence(fields);
    }

    /** Also the value of freshestCRL. */
    public static byte[] distributionPoints(String url) {
        return Der.sequence(Der.sequence(pointName(url)));
    }

    private static byte[] pointName(String url) {
        return Der.context(0, Der.context(0, Names.uri(url)));
    }

    /** @param pathLength -1 for none */
    public static byte[] proxyCertInfo(int pathLength) {
        return Der.sequence(
                pathLength < 0 ? ABSENT : Der.integer(pathLength),
                Der.sequence(Der.oid("1.3.6.1.5.5.7.21.1"))); // id-ppl-inheritAll
    }

    public static byte[] certificatePolicies(String... policies) {
        byte[][] information = new byte[policies.length][];
        for (int i = 0; i < policies.length; i++) {
            information[i] = Der.sequence(Der.oid(policies[i]));
        }
        return Der.sequence(information);
    }

    public static byte[] policyMappings(String issuerDomain, String subjectDomain) {
        return Der.sequence(oids(issuerDomain, subjectDomain));
    }

    public static byte[] policyConstraints(int requireExplicitPolicy) {
        return Der.sequence(Der.primitive(0, new byte[] {(byte) requireExplicitPolicy}));
    }

    public static byte[] authorityInfoAccess(String responder) {
        return Der.sequence(Der.sequence(Der.oid("1.3.6.1.5.5.7.48.1"), Names.uri(responder)));
    }

    /** IPv4 prefixes of whole bytes (RFC 3779 section 2.2.3); with none, those of the issuer are inherited. */
    public static byte[] addressBlocks(byte[]... prefixes) {
        byte[][] list = new byte[prefixes.length][];
        for (int i = 0; i < prefixes.length; i++) {
            list[i] = Der.bits(0, prefixes[i]);
        }
        byte[] addresses = prefixes.length == 0 ? Der.nothing() : Der.sequence(list);
        return Der.sequence(Der.sequence(Der.octets(new byte[] {0, 1}), addresses));
    }

    /** A range of AS numbers (RFC 3779 section 3.2.3). */
    public static byte[] autonomousSystems(long first, long last) {
        byte[] range = first == last ? Der.integer(first) : Der.sequence(Der.integer(first), Der.integer(last));
        return Der.sequence(Der.context(0, Der.sequence(range)));
    }
}
