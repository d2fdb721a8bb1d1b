package io.omnitls.integration.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.VerifyCode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md speaks of reasons and codes that there are, and of those that people meet. */
class TroubleshootingTest {
    private static final Document PAGE = Document.read(Path.of("docs/troubleshooting.md"));
    private static final Pattern CODE = Pattern.compile("`([A-Z0-9_]+)` \\((\\d+)\\)");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z0-9_]+)`");

    @Test
    void theVerifyCodesHaveTheirNumbers() {
        List<String> wrong = rows().flatMap(
                        row -> CODE.matcher(cells(row).get(0)).results())
                .filter(code -> VerifyCode.valueOf(code.group(1)).number() != Integer.parseInt(code.group(2)))
                .map(code -> code.group())
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyRowSpeaksOfWhatThereIsAndSaysWhatToDo() {
        Set<String> known = Stream.concat(Arrays.stream(ErrorReason.values()), Arrays.stream(VerifyCode.values()))
                .map(Enum::name)
                .collect(Collectors.toSet());
        for (String row : rows().toList()) {
            List<String> cells = cells(row);
            assertEquals(3, cells.size(), row);
            assertEquals(
                    List.of(),
                    names(cells.get(0)).filter(name -> !known.contains(name)).toList(),
                    row);
            assertTrue(!cells.get(2).isEmpty() || cells.get(1).equals("see above"), row);
        }
    }

    /** What a misconfigured end, a wrong file or an unwilling peer comes to; the others want a broken implementation. */
    @Test
    void whatPeopleMeetIsThere() {
        Set<String> named = rows().flatMap(row -> names(cells(row).get(0))).collect(Collectors.toSet());
        List<Enum<?>> frequent = List.of(
                VerifyCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                VerifyCode.SELF_SIGNED_CERT_IN_CHAIN,
                VerifyCode.DEPTH_ZERO_SELF_SIGNED_CERT,
                VerifyCode.HOSTNAME_MISMATCH,
                VerifyCode.IP_ADDRESS_MISMATCH,
                VerifyCode.CERT_HAS_EXPIRED,
                VerifyCode.CERT_NOT_YET_VALID,
                VerifyCode.CERT_REVOKED,
                VerifyCode.UNABLE_TO_GET_CRL,
                VerifyCode.INVALID_PURPOSE,
                VerifyCode.INVALID_CA,
                VerifyCode.EE_KEY_TOO_SMALL,
                ErrorReason.CERTIFICATE_VERIFY_FAILED,
                ErrorReason.WRONG_VERSION_NUMBER,
                ErrorReason.HTTP_REQUEST,
                ErrorReason.UNSUPPORTED_PROTOCOL,
                ErrorReason.NO_SHARED_CIPHER,
                ErrorReason.NO_APPLICATION_PROTOCOL,
                ErrorReason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                ErrorReason.UNEXPECTED_EOF_WHILE_READING,
                ErrorReason.KEY_VALUES_MISMATCH,
                ErrorReason.BAD_DECRYPT,
                ErrorReason.NO_START_LINE,
                ErrorReason.NO_SUCH_FILE,
                ErrorReason.NO_CIPHER_MATCH,
                ErrorReason.NOT_FIPS_APPROVED,
                ErrorReason.SSLV3_ALERT_HANDSHAKE_FAILURE,
                ErrorReason.SSLV3_ALERT_BAD_CERTIFICATE,
                ErrorReason.TLSV1_ALERT_UNKNOWN_CA,
                ErrorReason.TLSV1_ALERT_PROTOCOL_VERSION,
                ErrorReason.TLSV13_ALERT_CERTIFICATE_REQUIRED);
        assertEquals(
                List.of(),
                frequent.stream().filter(one -> !named.contains(one.name())).toList());
    }

    /** Those of the tables that begin with something of ours. */
    private static Stream<String> rows() {
        return PAGE.prose().stream()
                .filter(line -> line.startsWith("| `") && NAME.matcher(line).find());
    }

    private static List<String> cells(String row) {
        return Stream.of(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    private static Stream<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1));
    }
}
