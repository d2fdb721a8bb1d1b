package io.omnitls.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemReaderTest {
    private static final String BODY = "c2VjcmV0IGtleSBtYXRlcmlhbCBvZiBzb21lIGxlbmd0aA==";
    private static final String BLOCK = "-----BEGIN PRIVATE KEY-----\n" + BODY + "\n-----END PRIVATE KEY-----\n";

    /** A byte order mark of UTF-8, as Latin-1 has it. */
    private static final String MARK = "\u00ef\u00bb\u00bf";

    private static List<PemBlock> read(String text) throws TlsException {
        return PemReader.read(text, "the text");
    }

    @Test
    void whatStandsBeforeABlockIsPassedOver() throws Exception {
        assertEquals(1, read(MARK + BLOCK).size());
        assertEquals(2, read(MARK + BLOCK + MARK + BLOCK).size(), "files with marks, concatenated");
        assertEquals(1, read("subject=CN = x\n \t" + BLOCK).size());
        assertEquals(1, read(BLOCK.replace("\n", "\r\n")).size());
        assertTrue(read("see -----BEGIN PRIVATE KEY-----").isEmpty(), "OpenSSL takes that for text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY----- %s -----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----%s-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----%s\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n%s-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n%s\n-----%s",
                "-----BEGIN %s-----\n%s\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n%s*\n-----END PRIVATE KEY-----",
            })
    void whatIsBrokenIsRefusedWithoutAWordOfIt(String form) {
        TlsException refused = assertThrows(TlsException.class, () -> read(form.replace("%s", BODY)));
        assertTrue(
                List.of(ErrorReason.BAD_END_LINE, ErrorReason.BAD_BASE64_DECODE).contains(refused.reason()),
                refused::getMessage);
        String message = String.valueOf(refused.getMessage());
        for (int i = 0; i + 16 <= BODY.length(); i++) {
            assertFalse(message.contains(BODY.substring(i, i + 16)), message);
        }
    }

    @Test
    void excerptsAreBoundedAndPlain() {
        assertEquals("a?b", Excerpt.of("a\u001bb"));
        assertEquals("line?line", Excerpt.name("line\nline"));
        assertEquals("?txet", Excerpt.name("\u202etxet"));
        assertEquals("key ... here", Excerpt.of("key " + BODY + " here"));
        assertEquals(80, Excerpt.name("ab ".repeat(100)).length());
        assertEquals("1.2.840.113549.1.1.1", Excerpt.oid("1.2.840.113549.1.1.1"));
        assertEquals(80, Excerpt.oid("1." + "9".repeat(1000)).length());
    }
}
