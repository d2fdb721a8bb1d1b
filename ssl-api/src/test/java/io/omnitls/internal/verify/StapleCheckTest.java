package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.cert.OcspStapling;
import io.omnitls.cert.Pem;
import io.omnitls.error.VerifyCode;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import io.omnitls.protocol.Bytes;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OCSP responses that {@code openssl ocsp} has signed, good and bad, by responders that may and that may not. */
class StapleCheckTest {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String GOOD = "V\t491231235959Z\t\t03\tunknown\t/CN=leaf\n";
    private static final String REVOKED = "R\t491231235959Z\t200101000000Z\t03\tunknown\t/CN=leaf\n";
    private static final KeyPair CA_KEY = Keys.p256(0);
    private static final KeyPair RESPONDER_KEY = Keys.p256(3);

    @TempDir
    Path directory;

    private final Instant now = Instant.now();
    private int securityBits = 112;
    private final X509Certificate authority = certificate("CN=CA", 1, CA_KEY, CA_KEY, "");
    private final X509Certificate leaf = certificate("CN=leaf", 3, Keys.p256(2), CA_KEY, "");

    private X509Certificate certificate(String subject, int serial, KeyPair key, KeyPair signer, String purpose) {
        try {
            Forge forge = new Forge()
                    .subject(subject)
                    .issuer("CN=CA")
                    .serial(serial)
                    .valid(now.minus(Duration.ofDays(9)), now.plus(Duration.ofDays(9)));
            if (subject.equals("CN=CA")) {
                forge.extension(Extensions.BASIC_CONSTRAINTS, true, Extensions.basicConstraints(true, -1));
            }
            if (!purpose.isEmpty()) {
                forge.extension(Extensions.EXTENDED_KEY_USAGE, false, Extensions.extendedKeyUsage(purpose));
            }
            return forge.certificate(key, signer);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A responder's certificate that is good but for what {@code odd} adds. */
    private X509Certificate responder(KeyPair key, UnaryOperator<Forge> odd) throws Exception {
        Forge forge = new Forge()
                .subject("CN=responder")
                .issuer("CN=CA")
                .serial(7)
                .valid(now.minus(Duration.ofDays(9)), now.plus(Duration.ofDays(9)))
                .extension(Extensions.EXTENDED_KEY_USAGE, false, Extensions.extendedKeyUsage(OCSP_SIGNING));
        return odd.apply(forge).certificate(key, CA_KEY);
    }

    private String write(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    /** The answer about the leaf from an index, signed as {@code signer}. */
    private byte[] response(String index, X509Certificate signer, KeyPair key, String... options) throws Exception {
        return response(new String[] {"-ndays", "1"}, index, signer, key, options);
    }

    private byte[] response(String[] days, String index, X509Certificate signer, KeyPair key, String... options)
            throws Exception {
        String ca = write("ca.pem", Pem.encodeCertificate(authority));
        String request = directory.resolve("request").toString();
        OpenSsl.make(
                "ocsp",
                "-issuer",
                ca,
                "-cert",
                write("leaf.pem", Pem.encodeCertificate(leaf)),
                "-no_nonce",
                "-reqout",
                request);
        Path response = directory.resolve("response");
        List<String> command = new ArrayList<>(List.of("ocsp", "-index", write("index", index), "-CA", ca, "-rsigner"));
        command.add(write("signer.pem", Pem.encodeCertificate(signer)));
        command.addAll(List.of("-rkey", write("key.pem", pem(key)), "-reqin", request));
        command.addAll(List.of(days));
        command.addAll(List.of("-respout", response.toString()));
        command.addAll(List.of(options));
        OpenSsl.make(command.toArray(new String[0]));
        return Files.readAllBytes(response);
    }

    private static String pem(KeyPair key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static PathMember member(X509Certificate certificate) {
        return PathMember.presented(ChainVerifier.viewed(certificate), certificate);
    }

    private VerifyCode required(byte[] response, Instant time) {
        return code(OcspStapling.REQUIRE, response, time);
    }

    private VerifyCode code(OcspStapling mode, byte[] response, Instant time) {
        return code(new StaplePolicy(mode, StaplePolicy.DEFAULT_MAX_AGE), response, time);
    }

    private VerifyCode code(StaplePolicy policy, byte[] response, Instant time) {
        return finding(policy, response, time).map(ChainCheck.Finding::code).orElse(VerifyCode.OK);
    }

    private Optional<ChainCheck.Finding> finding(StaplePolicy policy, byte[] response, Instant time) {
        return new StapleCheck(
                        policy,
                        Optional.of(Bytes.copyOf(response)),
                        time,
                        new StrengthCheck(securityBits),
                        new SignatureVerifier(CryptoServices.ofPlatform()))
                .check(new CertificatePath(List.of(member(leaf), member(authority))));
    }

    @Test
    void theIssuerItselfMayAnswer() throws Exception {
        assertEquals(VerifyCode.OK, required(response(GOOD, authority, CA_KEY), now));
        assertEquals(VerifyCode.OK, required(response(GOOD, authority, CA_KEY, "-resp_key_id"), now));
        byte[] revoked = response(REVOKED, authority, CA_KEY);
        assertEquals(VerifyCode.CERT_REVOKED, required(revoked, now));
        assertEquals(VerifyCode.CERT_REVOKED, code(OcspStapling.CHECK, revoked, now));
        assertEquals(VerifyCode.OK, code(OcspStapling.IGNORE, revoked, now));
        byte[] unknown = response("V\t491231235959Z\t\t04\tunknown\t/CN=other\n", authority, CA_KEY);
        assertEquals(VerifyCode.OCSP_CERT_UNKNOWN, required(unknown, now));
        assertEquals(VerifyCode.OK, code(OcspStapling.CHECK, unknown, now));
    }

    @Test
    void soMayAResponderThatTheIssuerHasAppointed() throws Exception {
        X509Certificate appointed = certificate("CN=responder", 7, RESPONDER_KEY, CA_KEY, OCSP_SIGNING);
        assertEquals(VerifyCode.OK, required(response(GOOD, appointed, RESPONDER_KEY), now));
        assertEquals(VerifyCode.CERT_REVOKED, required(response(REVOKED, appointed, RESPONDER_KEY), now));
        assertEquals(
                VerifyCode.OCSP_VERIFY_FAILED,
                required(response(GOOD, appointed, RESPONDER_KEY, "-resp_no_certs"), now),
                "nobody knows the key");
    }

    @Test
    void nobodyElseMay() throws Exception {
        X509Certificate unfit = certificate("CN=responder", 7, RESPONDER_KEY, CA_KEY, CODE_SIGNING);
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(response(GOOD, unfit, RESPONDER_KEY), now));
        X509Certificate without = certificate("CN=responder", 7, RESPONDER_KEY, CA_KEY, "");
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(response(GOOD, without, RESPONDER_KEY), now));
        X509Certificate selfMade = certificate("CN=responder", 7, RESPONDER_KEY, RESPONDER_KEY, OCSP_SIGNING);
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(response(GOOD, selfMade, RESPONDER_KEY), now));
        // One that anybody could make says "revoked": it changes nothing.
        byte[] forged = response(REVOKED, selfMade, RESPONDER_KEY);
        assertEquals(VerifyCode.OK, code(OcspStapling.CHECK, forged, now));
    }

    @Test
    void anAnswerHasToBeCurrent() throws Exception {
        byte[] response = response(GOOD, authority, CA_KEY);
        assertEquals(VerifyCode.OK, required(response, now.plus(Duration.ofHours(23))));
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(response, now.plus(Duration.ofDays(2))));
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(response, now.minus(Duration.ofHours(1))));
    }

    @Test
    @Timeout(60)
    void aChangedBitIsNeverGood() throws Exception {
        byte[] response = response(GOOD, authority, CA_KEY, "-resp_no_certs");
        assertEquals(VerifyCode.OK, required(response, now));
        for (int bit = 0; bit < response.length * 8; bit++) {
            byte[] changed = response.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            int at = bit;
            assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(changed, now), () -> "bit " + at);
        }
    }

    private VerifyCode forged(OcspForge forge) throws Exception {
        return required(forge.about(leaf, CA_KEY), now);
    }

    /** The first fault: an answer of 2015 that has no nextUpdate was good for ever. */
    @Test
    void withoutNextUpdateTheAgeIsBounded() throws Exception {
        Instant of2015 = Instant.parse("2015-06-01T00:00:00Z");
        assertEquals(
                VerifyCode.OCSP_VERIFY_FAILED,
                forged(new OcspForge(authority).producedAt(of2015).valid(of2015, Optional.empty())));
        // A nextUpdate in a hundred years is no better.
        Instant in2115 = Instant.parse("2115-06-01T00:00:00Z");
        assertEquals(
                VerifyCode.OCSP_VERIFY_FAILED,
                forged(new OcspForge(authority).producedAt(of2015).valid(of2015, Optional.of(in2115))));
        // Nor is a signature of today under what was known in 2015.
        assertEquals(
                VerifyCode.OCSP_VERIFY_FAILED, forged(new OcspForge(authority).valid(of2015, Optional.of(in2115))));
        byte[] lasting = new OcspForge(authority).valid(now, Optional.empty()).about(leaf, CA_KEY);
        assertEquals(VerifyCode.OK, required(lasting, now.plus(StaplePolicy.DEFAULT_MAX_AGE)));
        assertEquals(
                VerifyCode.OCSP_VERIFY_FAILED,
                required(lasting, now.plus(StaplePolicy.DEFAULT_MAX_AGE).plus(Duration.ofMinutes(6))));
        StaplePolicy hour = new StaplePolicy(OcspStapling.REQUIRE, Duration.ofHours(1));
        assertEquals(VerifyCode.OK, code(hour, lasting, now.plus(Duration.ofHours(1))));
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, code(hour, lasting, now.plus(Duration.ofHours(2))));
        StaplePolicy forEver = new StaplePolicy(OcspStapling.REQUIRE, Duration.ofSeconds(Long.MAX_VALUE));
        assertEquals(
                VerifyCode.OK,
                code(
                        forEver,
                        new OcspForge(authority).valid(of2015, Optional.empty()).about(leaf, CA_KEY),
                        now));
        assertEquals(VerifyCode.OK, code(OcspStapling.CHECK, lasting, now.plus(Duration.ofDays(99))));
    }

    /** The same by {@code openssl ocsp}, which leaves nextUpdate out when it is told no days. */
    @Test
    void soItIsForOpenSslsAnswers() throws Exception {
        byte[] revoked = response(new String[0], REVOKED, authority, CA_KEY);
        assertEquals(VerifyCode.CERT_REVOKED, required(revoked, now.plus(Duration.ofDays(9))));
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(revoked, now.plus(Duration.ofDays(11))));
        assertEquals(VerifyCode.OK, code(OcspStapling.CHECK, revoked, now.plus(Duration.ofDays(11))), "as if missing");
    }

    @Test
    void itsTimesHaveToBePossible() throws Exception {
        Instant later = now.plus(Duration.ofHours(1));
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, forged(new OcspForge(authority).producedAt(later)));
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, forged(new OcspForge(authority).valid(later, Optional.empty())));
        Instant soon = now.plus(Duration.ofMinutes(4));
        assertEquals(
                VerifyCode.OK,
                forged(new OcspForge(authority).producedAt(soon).valid(soon, Optional.empty())),
                "clocks differ");
        assertEquals(
                VerifyCode.OCSP_VERIFY_FAILED,
                forged(new OcspForge(authority).valid(now, Optional.of(now.minus(Duration.ofSeconds(2))))));
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, forged(new OcspForge(authority).producedAt("20260101000000.5Z")));
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, forged(new OcspForge(authority).producedAt("yesterday")));
    }

    /** The second fault: a responder with RSA and 1024 bits, and signatures with SHA-1, whatever the security level. */
    @Test
    void itIsAsStrongAsTheChain() throws Exception {
        KeyPair rsa1024 = Keys.p256(10);
        byte[] small = response(GOOD, responder(rsa1024, UnaryOperator.identity()), rsa1024);
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(small, now));
        byte[] sha1 = response(GOOD, authority, CA_KEY, "-rmd", "sha1");
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(sha1, now));
        byte[] delegated = response(GOOD, responder(RESPONDER_KEY, UnaryOperator.identity()), RESPONDER_KEY);
        assertEquals(VerifyCode.OK, required(delegated, now));
        byte[] own = response(GOOD, authority, CA_KEY);
        securityBits = 80;
        assertEquals(VerifyCode.OK, required(small, now));
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(sha1, now), "63 bits");
        securityBits = 0;
        assertEquals(VerifyCode.OK, required(sha1, now));
        securityBits = 192;
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(own, now), "the issuer's key, too");
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(delegated, now));
    }

    @Test
    void aRespondersCertificateIsJudgedLikeOneOfTheChain() throws Exception {
        Map<String, UnaryOperator<Forge>> odd = new LinkedHashMap<>();
        odd.put("an unknown critical extension", forge -> forge.extension(Extensions.UNKNOWN, true, new byte[] {5, 0}));
        odd.put(
                "a malformed extension",
                forge -> forge.extension(Extensions.BASIC_CONSTRAINTS, false, new byte[] {1, 2, 3}));
        odd.put(
                "a key usage without digitalSignature",
                forge -> forge.extension(Extensions.KEY_USAGE, true, Extensions.keyUsage(Extensions.KEY_CERT_SIGN)));
        odd.put("another issuer's name", forge -> forge.issuer("CN=other"));
        odd.put(
                "another issuer's key identifier",
                forge -> forge.extension(Extensions.AUTHORITY_KEY_IDENTIFIER, false, issuedBy("CN=CA", 99)));
        odd.put("expired", forge -> forge.valid(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(2))));
        odd.put("not valid yet", forge -> forge.valid(now.plus(Duration.ofDays(2)), now.plus(Duration.ofDays(9))));
        for (Map.Entry<String, UnaryOperator<Forge>> each : odd.entrySet()) {
            byte[] response = new OcspForge(authority)
                    .responder(responder(RESPONDER_KEY, each.getValue()))
                    .about(leaf, RESPONDER_KEY);
            assertEquals(VerifyCode.OCSP_VERIFY_FAILED, required(response, now), each.getKey());
        }
        X509Certificate fit = responder(
                RESPONDER_KEY,
                forge -> forge.extension(Extensions.KEY_USAGE, true, Extensions.keyUsage(Extensions.DIGITAL_SIGNATURE))
                        .extension(Extensions.AUTHORITY_KEY_IDENTIFIER, false, issuedBy("CN=CA", 1))
                        .extension("1.3.6.1.5.5.7.48.1.5", true, new byte[] {5, 0}));
        OcspForge forge = new OcspForge(authority).responder(fit);
        assertEquals(VerifyCode.OK, required(forge.about(leaf, RESPONDER_KEY), now));
    }

    /** {@code AuthorityKeyIdentifier} by the name and number of the issuer's certificate. */
    private static byte[] issuedBy(String issuer, int serial) {
        byte[] name = DerWriter.element(DerReader.context(4), new X500Principal(issuer).getEncoded());
        return DerWriter.sequence(
                DerWriter.element(DerReader.context(1), name),
                DerWriter.element(DerReader.contextPrimitive(2), new byte[] {(byte) serial}));
    }

    @Test
    void aResponderMayHaveTheNameOfItsIssuer() throws Exception {
        X509Certificate namesake = responder(RESPONDER_KEY, forge -> forge.subject("CN=CA"));
        byte[] response = new OcspForge(authority).responder(namesake).about(leaf, RESPONDER_KEY);
        assertEquals(VerifyCode.OK, required(response, now));
    }

    @Test
    void namesAreComparedAsOpenSslDoes() throws Exception {
        assertEquals(VerifyCode.OK, forged(new OcspForge(authority).responder("CN=ca")));
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, forged(new OcspForge(authority).responder("CN=other")));
    }

    @Test
    void whatNobodyUnderstandsAndIsCriticalRefuses() throws Exception {
        String nonce = "1.3.6.1.5.5.7.48.1.2";
        assertEquals(VerifyCode.OK, forged(new OcspForge(authority).extension(nonce, true)));
        for (String oid : List.of(Extensions.UNKNOWN, "1.3.6.1.5.5.7.48.1.7")) {
            assertEquals(VerifyCode.OCSP_VERIFY_FAILED, forged(new OcspForge(authority).extension(oid, true)));
            assertEquals(VerifyCode.OCSP_VERIFY_FAILED, forged(new OcspForge(authority).answerExtension(oid, true)));
            assertEquals(VerifyCode.OK, forged(new OcspForge(authority).extension(oid, false)));
            assertEquals(VerifyCode.OK, forged(new OcspForge(authority).answerExtension(oid, false)));
        }
    }

    @Test
    void revokedCountsBeforeGood() throws Exception {
        Instant day = Instant.parse("2026-03-01T00:00:00Z");
        byte[] both = new OcspForge(authority).alsoRevoked(day).about(leaf, CA_KEY);
        StaplePolicy require = new StaplePolicy(OcspStapling.REQUIRE, StaplePolicy.DEFAULT_MAX_AGE);
        ChainCheck.Finding finding = finding(require, both, now).orElseThrow();
        assertEquals(VerifyCode.CERT_REVOKED, finding.code());
        assertTrue(finding.explanation().contains(day.toString()), finding::explanation);
    }

    @Test
    void itsFormIsReadStrictly() throws Exception {
        for (OcspForge.Place place : OcspForge.Place.values()) {
            VerifyCode expected = place == OcspForge.Place.NOWHERE ? VerifyCode.OK : VerifyCode.OCSP_VERIFY_FAILED;
            assertEquals(expected, forged(new OcspForge(authority).byteTooManyIn(place)), place::name);
        }
        assertEquals(VerifyCode.OK, forged(new OcspForge(authority).version(0)));
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, forged(new OcspForge(authority).version(1)));
        OcspForge crowd = new OcspForge(authority);
        for (int i = 0; i < 11; i++) {
            crowd.sending(leaf);
        }
        assertEquals(VerifyCode.OCSP_VERIFY_FAILED, forged(crowd));
    }
}
