package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyResult;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import io.omnitls.spi.CryptoServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chain of files that the {@code openssl} command made, from the anchor down, and the verdicts of {@code openssl verify}
 * and of ours on it. No class of any backend has a say about the bytes.
 */
final class MadeByOpenSsl {
    private static final Pattern ERROR = Pattern.compile("error (\\d+) at (\\d+) depth lookup");
    private static final int[] BITS = {0, 80, 112, 128, 192, 256};

    /** A certificate and its key, both PEM. */
    record Member(Path certificate, Path key) {}

    private final Path directory;
    private final List<Member> members = new ArrayList<>();
    private Optional<String> store = Optional.empty();
    private String crls = "";
    Purpose purpose = Purpose.SERVER;
    int level = 1;
    final Set<VerifyFlag> flags = EnumSet.noneOf(VerifyFlag.class);

    MadeByOpenSsl(Path parent) throws Exception {
        this.directory = Files.createTempDirectory(parent, "chain");
    }

    /** A key for {@code openssl}. */
    static String pem(KeyPair key) {
        return pem("PRIVATE KEY", key.getPrivate().getEncoded());
    }

    static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }

    Path write(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** The certificate at {@code depth} from the anchor, which is 0. */
    Member member(int depth) {
        return members.get(depth);
    }

    /** The next certificate, below the one before; the first signs itself. */
    MadeByOpenSsl below(String name, String keyPem, String extensions, String... options) throws Exception {
        Path key = write(name + ".key", keyPem);
        Path certificate = path(name + ".pem");
        Path publicKey = path(name + ".pub");
        OpenSsl.make("pkey", "-in", key.toString(), "-pubout", "-out", publicKey.toString());
        List<String> command = new ArrayList<>(List.of(
                "x509",
                "-new",
                "-force_pubkey",
                publicKey.toString(),
                "-subj",
                "/CN=" + name,
                "-days",
                "30",
                "-set_serial"));
        command.add(Integer.toString(members.size() + 1));
        if (members.isEmpty()) {
            command.addAll(List.of("-signkey", key.toString()));
        } else {
            Member issuer = members.get(members.size() - 1);
            command.addAll(List.of(
                    "-CA",
                    issuer.certificate().toString(),
                    "-CAkey",
                    issuer.key().toString()));
        }
        if (!extensions.isEmpty()) {
            String file = write(name + ".cnf", extensions.replace(';', '\n')).toString();
            command.addAll(List.of("-extfile", file));
        }
        command.addAll(List.of("-out", certificate.toString()));
        command.addAll(List.of(options));
        OpenSsl.make(command.toArray(new String[0]));
        members.add(new Member(certificate, key));
        return this;
    }

    /** Changes the fields of the last certificate's TBSCertificate, and signs it again. */
    MadeByOpenSsl edited(KeyPair signer, UnaryOperator<List<byte[]>> edit) throws Exception {
        Member last = members.get(members.size() - 1);
        write(last.certificate().getFileName().toString(), pem("CERTIFICATE", resigned(der(last), signer, edit)));
        return this;
    }

    static byte[] der(Member member) throws Exception {
        String text = Files.readString(member.certificate());
        return Base64.getMimeDecoder().decode(text.substring(text.indexOf('\n'), text.lastIndexOf("-----END")));
    }

    /** The elements in a SEQUENCE. */
    static List<byte[]> elements(byte[] sequence) {
        try {
            DerReader reader = DerReader.of(sequence).enter(DerReader.SEQUENCE);
            List<byte[]> elements = new ArrayList<>();
            while (!reader.atEnd()) {
                elements.add(reader.element());
            }
            return elements;
        } catch (DerException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] sequence(List<byte[]> elements) {
        return DerWriter.sequence(elements.toArray(new byte[0][]));
    }

    /** {@code signed} with other content and a new ECDSA signature with SHA-256. */
    static byte[] resigned(byte[] signed, KeyPair signer, UnaryOperator<List<byte[]>> edit) throws Exception {
        List<byte[]> outer = elements(signed);
        byte[] content = sequence(edit.apply(elements(outer.get(0))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer.getPrivate());
        signature.update(content);
        return DerWriter.sequence(
                content, outer.get(1), DerWriter.element(DerReader.BIT_STRING, new byte[1], signature.sign()));
    }

    /** Trusts this PEM instead of the first certificate. */
    MadeByOpenSsl trusting(String pem) {
        this.store = Optional.of(pem);
        return this;
    }

    MadeByOpenSsl crl(String pem) {
        this.crls += pem;
        return this;
    }

    private String store() throws Exception {
        return (store.isPresent()
                        ? store.get()
                        : Files.readString(members.get(0).certificate()))
                + crls;
    }

    private List<byte[]> presented() throws Exception {
        List<byte[]> presented = new ArrayList<>();
        for (int i = members.size() - 1; i > 0; i--) {
            presented.add(der(members.get(i)));
        }
        return presented;
    }

    /** What {@code openssl verify} says, as "code at depth". */
    private String judge() throws Exception {
        List<String> command = new ArrayList<>(List.of("verify", "-no-CApath", "-no-CAstore", "-CAfile"));
        command.add(write("store", store()).toString());
        if (purpose != Purpose.ANY) {
            command.addAll(List.of("-purpose", purpose == Purpose.SERVER ? "sslserver" : "sslclient"));
        }
        command.addAll(List.of("-auth_level", Integer.toString(level)));
        for (VerifyFlag flag : flags) {
            command.add(
                    switch (flag) {
                        case CRL_CHECK_LEAF -> "-crl_check";
                        case X509_PARTIAL_CHAIN -> "-partial_chain";
                        case X509_STRICT -> "-x509_strict";
                        default -> throw new AssertionError(flag);
                    });
        }
        StringBuilder untrusted = new StringBuilder();
        for (int i = members.size() - 2; i > 0; i--) {
            untrusted.append(Files.readString(members.get(i).certificate()));
        }
        if (untrusted.length() > 0) {
            command.addAll(List.of(
                    "-untrusted", write("untrusted", untrusted.toString()).toString()));
        }
        command.add(members.get(members.size() - 1).certificate().toString());
        OpenSsl.Result result = OpenSsl.run(command.toArray(new String[0]));
        Matcher error = ERROR.matcher(result.output());
        if (error.find()) {
            return error.group(1) + " at " + error.group(2);
        }
        assertEquals(0, result.exitCode(), result::output);
        return "0 at 0";
    }

    private VerifyResult ours() throws Exception {
        CryptoServices crypto = CryptoServices.ofPlatform();
        return new ChainVerifier(TrustStore.builder().pem(store()).build().load(crypto), crypto)
                .verifyEncoded(
                        presented(), Requests.openSsl(purpose, Optional.empty(), Instant.now(), flags, BITS[level]));
    }

    /** Both verdicts have this code, and the same depth. */
    void requireBoth(int code) throws Exception {
        VerifyResult ours = ours();
        assertEquals(judge(), ours.code().number() + " at " + ours.depth(), ours::explanation);
        assertEquals(code, ours.code().number(), ours::explanation);
    }

    /** Both verdicts have this code, wherever they find it. */
    void requireBothSomewhere(int code) throws Exception {
        VerifyResult ours = ours();
        String judge = judge();
        assertEquals(
                judge.substring(0, judge.indexOf(' ')),
                Integer.toString(ours.code().number()),
                ours::explanation);
        assertEquals(code, ours.code().number(), ours::explanation);
    }
}
