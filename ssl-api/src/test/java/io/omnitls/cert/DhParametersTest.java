package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.protocol.DhParameters;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Diffie-Hellman parameters in files are those that {@code openssl} reads in them. */
@Timeout(60)
class DhParametersTest {
    private static final Set<ErrorReason> MALFORMED = Set.of(
            ErrorReason.BAD_ASN1, ErrorReason.BAD_BASE64_DECODE, ErrorReason.BAD_END_LINE, ErrorReason.NO_START_LINE);

    @TempDir
    Path directory;

    @Test
    void bothKindsOfFileAreRead() throws Exception {
        for (List<String> kind : List.of(
                List.of("DH", "group:ffdhe3072"), List.of("DH", "group:modp_2048"), List.of("DHX", "dh_rfc5114:3"))) {
            Path file = generate(kind.get(0), kind.get(1));
            DhParameters parameters = Pem.dhParameters(file);
            assertEquals(openSslsPrime(file), parameters.prime().toString(16), kind.toString());
            assertTrue(parameters.toString().contains(parameters.bits() + " bits"), parameters.toString());
        }
    }

    @Test
    void textAroundTheBlockIsPassedOver() throws Exception {
        Path file = generate("DH", "group:ffdhe2048");
        Files.writeString(file, "Diffie-Hellman\n" + Files.readString(file) + "and more\n");
        assertEquals(2048, Pem.dhParameters(file).bits());
        assertEquals(Pem.dhParameters(file), Pem.dhParameters(Files.readString(file)));
    }

    @Test
    void aDamagedFileIsDeclaredToBeOne() throws Exception {
        byte[] good = Files.readAllBytes(generate("DHX", "dh_rfc5114:2"));
        Path file = directory.resolve("damaged.pem");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            Files.write(file, random.nextBoolean() ? bad : Arrays.copyOf(bad, random.nextInt(bad.length)));
            try {
                Pem.dhParameters(file);
            } catch (TlsException e) {
                assertTrue(MALFORMED.contains(e.reason()), () -> "seed " + seed + ": " + e);
            }
        }
    }

    @Test
    void whatAreNoParametersIsRefused() throws Exception {
        assertEquals(ErrorReason.NO_SUCH_FILE, refusal(directory.resolve("nowhere.pem")));
        assertEquals(ErrorReason.NO_START_LINE, refusal(Files.writeString(directory.resolve("empty.pem"), "")));
        byte[] evenPrime = {0x30, 0x06, 0x02, 0x01, 0x62, 0x02, 0x01, 0x02};
        byte[] smallGenerator = {0x30, 0x06, 0x02, 0x01, 0x61, 0x02, 0x01, 0x01};
        byte[] more = {0x30, 0x06, 0x02, 0x01, 0x61, 0x02, 0x01, 0x02, 0x05, 0x00};
        for (byte[] der : List.of(evenPrime, smallGenerator, more)) {
            assertEquals(ErrorReason.BAD_ASN1, refusal(pem(der)));
        }
    }

    @Test
    void thePrimeIsOddAndTheGeneratorWithinIt() {
        BigInteger prime = BigInteger.valueOf(97);
        assertEquals(7, new DhParameters(prime, BigInteger.valueOf(95)).bits());
        for (long generator : new long[] {-2, 0, 1, 96, 97}) {
            assertThrows(IllegalArgumentException.class, () -> new DhParameters(prime, BigInteger.valueOf(generator)));
        }
        for (BigInteger bad : List.of(
                BigInteger.ZERO,
                BigInteger.valueOf(-97),
                BigInteger.valueOf(98),
                BigInteger.TWO.pow(10_000).add(BigInteger.ONE))) {
            assertThrows(IllegalArgumentException.class, () -> new DhParameters(bad, BigInteger.TWO));
        }
    }

    private Path generate(String algorithm, String option) throws Exception {
        Path file = directory.resolve("dh.pem");
        OpenSsl.run("genpkey", "-genparam", "-algorithm", algorithm, "-pkeyopt", option, "-out", file.toString());
        return file;
    }

    /** The first number in the file, in hexadecimal digits. */
    private static String openSslsPrime(Path file) throws Exception {
        String first = OpenSsl.run("asn1parse", "-in", file.toString())
                .output()
                .lines()
                .filter(line -> line.contains("INTEGER"))
                .findFirst()
                .orElseThrow();
        return first.substring(first.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
    }

    private Path pem(byte[] der) throws Exception {
        return Files.writeString(
                directory.resolve("made.pem"),
                "-----BEGIN DH PARAMETERS-----\n"
                        + new String(Base64.getEncoder().encode(der), StandardCharsets.US_ASCII)
                        + "\n-----END DH PARAMETERS-----\n");
    }

    private static ErrorReason refusal(Path file) {
        return assertThrows(TlsException.class, () -> Pem.dhParameters(file)).reason();
    }
}
