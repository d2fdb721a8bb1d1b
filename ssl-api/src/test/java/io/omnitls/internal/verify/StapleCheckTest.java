package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.cert.OcspStapling;
import io.omnitls.cert.Pem;
import io.omnitls.error.VerifyCode;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Forge;
import io.omnitls.forge.Keys;
import io.omnitls.forge.oracle.OpenSsl;
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
import java.util.List;
import java.util.Optional;
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

    private String write(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    /** The answer about the leaf from an index, signed as {@code signer}. */
    private byte[] response(String index, X509Certificate signer, KeyPair key, String... options) throws Exception {
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
        command.addAll(List.of("-rkey", write("key.pem", pem(key)), "-ndays", "1", "-reqin", request));
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
        return new StapleCheck(
                        mode,
                        Optional.of(Bytes.copyOf(response)),
                        time,
                        new SignatureVerifier(CryptoServices.ofPlatform()))
                .check(new CertificatePath(List.of(member(leaf), member(authority))))
                .map(ChainCheck.Finding::code)
                .orElse(VerifyCode.OK);
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
}
