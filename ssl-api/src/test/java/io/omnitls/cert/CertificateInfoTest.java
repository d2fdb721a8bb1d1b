package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.oracle.OpenSsl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Says of a certificate what Python's {@code getpeercert()} says. */
class CertificateInfoTest {
    private static final String ORACLE = """
            import ssl, sys
            c = ssl._ssl._test_decode_cert(sys.argv[1])
            name = lambda n: ", ".join("+".join("=".join(a) for a in rdn) for rdn in n)
            print(name(c["subject"]))
            print(name(c["issuer"]))
            print(c["version"], c["serialNumber"])
            print(c["notBefore"], "|", c["notAfter"])
            print(" ".join(k + "=" + v.strip() for k, v in c.get("subjectAltName", ()) if k != "DirName"))
            print(" ".join(c.get("OCSP", ())))
            print(" ".join(c.get("caIssuers", ())))
            print(" ".join(c.get("crlDistributionPoints", ())))
            """;

    private static final String EXTENSIONS = """
            subjectAltName=DNS:example.org,DNS:*.example.org,IP:192.0.2.1,IP:2001:db8::1,URI:https://example.org/a,\
            email:a@example.org,RID:1.2.3.4.5,otherName:1.2.3.4;UTF8:other
            authorityInfoAccess=OCSP;URI:http://ocsp.example.org/,caIssuers;URI:http://ca.example.org/ca.crt
            crlDistributionPoints=URI:http://crl.example.org/1.crl,URI:http://crl.example.org/2.crl
            """;

    @Test
    void everyFieldEqualsPythons(@TempDir Path directory) throws Exception {
        String key = directory.resolve("k").toString();
        String certificate = directory.resolve("c").toString();
        Path extensions = Files.writeString(directory.resolve("e"), EXTENSIONS);
        String request = directory.resolve("r").toString();
        OpenSsl.make("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key);
        OpenSsl.make(
                "req",
                "-new",
                "-key",
                key,
                "-utf8",
                "-out",
                request,
                "-subj",
                "/C=DE/O=B\u00fccher & S\u00f6hne/OU=a+OU=b/CN=example.org/emailAddress=a@example.org/1.2.3.4=x");
        OpenSsl.make(
                "x509",
                "-req",
                "-in",
                request,
                "-signkey",
                key,
                "-days",
                "40",
                "-set_serial",
                "0x0abc",
                "-extfile",
                extensions.toString(),
                "-out",
                certificate);
        CertificateInfo info = CertificateInfo.of(Pem.decodeCertificate(Files.readString(Path.of(certificate))));
        String ours = String.join(
                "\n",
                info.subject().toString(),
                info.issuer().toString(),
                info.version() + " " + info.serialNumber(),
                CertificateTimes.format(info.notBefore().orElseThrow()) + " | "
                        + CertificateTimes.format(info.notAfter().orElseThrow()),
                info.subjectAltNames().stream()
                        .map(name -> name.kind() + "=" + name.value())
                        .collect(Collectors.joining(" ")),
                String.join(" ", info.ocspResponders()),
                String.join(" ", info.caIssuers()),
                String.join(" ", info.crlDistributionPoints()));
        OpenSsl.Result python = OpenSsl.runCommand(List.of("python3", "-c", ORACLE, certificate));
        assertEquals(python.output().trim(), ours);
    }

    @Test
    void noBytesHoweverHostileMakeItFail(@TempDir Path directory) throws Exception {
        String key = directory.resolve("k").toString();
        String certificate = directory.resolve("c").toString();
        OpenSsl.make(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                key,
                "-out",
                certificate,
                "-subj",
                "/CN=x",
                "-addext",
                "subjectAltName=DNS:a,IP:::1,dirName:d",
                "-config",
                Files.writeString(directory.resolve("cnf"), "[req]\ndistinguished_name=n\n[n]\n[d]\nCN=y\n")
                        .toString());
        byte[] der = Pem.decodeCertificate(Files.readString(Path.of(certificate)));
        assertEquals("CN=x", CertificateInfo.of(der).subject().toString().replace("commonName", "CN"));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] hostile = der.clone();
            for (int j = 0; j <= random.nextInt(4); j++) {
                hostile[random.nextInt(hostile.length)] = (byte) random.nextInt(256);
            }
            CertificateInfo info = CertificateInfo.of(hostile);
            assertTrue(info.toString().length() > 5, "seed " + seed);
            assertArrayEquals(hostile, info.encoded());
        }
    }

    @Test
    void anUnverifiedCertificateSaysNothingButItsBytes() {
        CertificateInfo info = CertificateInfo.unverified(new byte[] {1, 2});
        assertTrue(info.isEmpty());
        assertTrue(info.subject().rdns().isEmpty() && info.subjectAltNames().isEmpty());
        assertArrayEquals(new byte[] {1, 2}, info.encoded());
    }

    @Test
    void timesAreReadAsPythonReadsThem() {
        assertEquals(1515144883, CertificateTimes.toEpochSeconds("Jan  5 09:34:43 2018 GMT"));
        assertEquals(1515144883, CertificateTimes.toEpochSeconds("jan 05 09:34:43 2018 GMT"));
        for (String bad :
                List.of("Jan  5 09:34:43 2018", "Jan 32 09:34:43 2018 GMT", "J\u00e4n  5 09:34:43 2018 GMT", "")) {
            assertThrows(IllegalArgumentException.class, () -> CertificateTimes.toEpochSeconds(bad));
        }
    }
}
