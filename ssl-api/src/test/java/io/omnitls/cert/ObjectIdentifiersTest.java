package io.omnitls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Python's {@code ssl._ASN1Object} judges the table and the look-ups. */
@Timeout(60)
class ObjectIdentifiersTest {
    private static final int LAST_NID = 1400;

    @Test
    void everyNumberIsPythons() throws Exception {
        List<String> pythons = python("import ssl\n"
                + "for nid in range(" + LAST_NID + "):\n"
                + "    try: o = ssl._ASN1Object.fromnid(nid)\n"
                + "    except ValueError: continue\n"
                + "    if o.oid: print(o.nid, o.oid, o.shortname, o.longname, sep='|')\n");
        assertEquals(pythons, ours());
        assertTrue(pythons.size() > 1000);
    }

    private static List<String> ours() {
        return java.util.stream.IntStream.range(0, LAST_NID)
                .mapToObj(ObjectIdentifiers::ofNid)
                .flatMap(Optional::stream)
                .map(ObjectIdentifiersTest::text)
                .toList();
    }

    @Test
    void lookUpsByIdentifierAndByNameArePythons() throws Exception {
        assertSame("_ASN1Object(x)", ObjectIdentifiers::ofOid);
        assertSame("_ASN1Object.fromname(x)", ObjectIdentifiers::ofName);
    }

    private static void assertSame(String call, Function<String, Optional<ObjectIdentifier>> lookUp) throws Exception {
        String list = ALL.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        List<String> pythons = python("import ssl\n"
                + "for x in [" + list + "]:\n"
                + "    try:\n"
                + "        o = ssl." + call + "\n"
                + "        print(o.nid, o.oid, o.shortname, o.longname, sep='|')\n"
                + "    except ValueError: print('none')\n");
        List<String> ours = ALL.stream()
                .map(name -> lookUp.apply(name).map(ObjectIdentifiersTest::text).orElse("none"))
                .toList();
        assertEquals(pythons, ours, call);
        assertFalse(ours.stream().allMatch("none"::equals));
    }

    /** Names of all kinds, in other capitals, of objects with several, and of nobody. */
    private static final List<String> ALL = List.of(
            "serverAuth",
            "TLS Web Server Authentication",
            "SERVERAUTH",
            "1.3.6.1.5.5.7.3.1",
            "clientAuth",
            "TLS Web Client Authentication",
            "CN",
            "commonName",
            "cn",
            "2.5.4.3",
            "SN",
            "surname",
            "serialNumber",
            "emailAddress",
            "1.2.840.113549.1.9.1",
            "UID",
            "userId",
            "DC",
            "domainComponent",
            "jurisdictionC",
            "2.5.29.37.0",
            "anyExtendedKeyUsage",
            "Any Extended Key Usage",
            "1.3",
            "1.2",
            "0.9",
            "2",
            "1",
            "ORG",
            "identified-organization",
            "id-kp-serverAuth",
            "9.9.9",
            "1.2.3.4.5.6",
            "",
            " ",
            "foo",
            "129",
            "prime256v1",
            "secp256r1",
            "P-256",
            "organizationIdentifier",
            "OCSPSigning",
            "OCSP Signing",
            "AES-256-GCM");

    private static String text(ObjectIdentifier known) {
        return known.nid() + "|" + known.oid() + "|" + known.shortName() + "|" + known.longName();
    }

    private static List<String> python(String script) throws Exception {
        Process process = new ProcessBuilder("python3", "-I", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        return output.lines().toList();
    }
}
