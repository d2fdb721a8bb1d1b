package io.omnitls.cli.starttls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The one LDAP exchange that is needed here. */
final class LdapExchange {
    private static final String START_TLS = "1.3.6.1.4.1.1466.20037";
    private static final int MAX_RESPONSE = 64 * 1024;

    private LdapExchange() {}

    /**
     * <pre>
     * LDAPMessage      ::= SEQUENCE { messageID INTEGER, protocolOp CHOICE { ... } }
     * ExtendedRequest  ::= [APPLICATION 23] SEQUENCE { requestName [0] LDAPOID }
     * ExtendedResponse ::= [APPLICATION 24] SEQUENCE { resultCode ENUMERATED, ... }
     * </pre>
     */
    static void startTls(Dialogue dialogue) throws IOException {
        byte[] name = START_TLS.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[9 + name.length];
        byte[] head = {
            0x30, (byte) (7 + name.length), 0x02, 1, 1, 0x77, (byte) (2 + name.length), (byte) 0x80, (byte) name.length
        };
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(name, 0, request, head.length, name.length);
        dialogue.send(request);

        expect(dialogue, 0x30);
        byte[] response = new byte[length(dialogue)];
        for (int i = 0; i < response.length; i++) {
            response[i] = (byte) dialogue.readByte();
        }
        int code = resultCode(response);
        if (code != 0) {
            throw dialogue.refusal("the result code is " + code);
        }
    }

    private static void expect(Dialogue dialogue, int tag) throws IOException {
        int found = dialogue.readByte();
        if (found != tag) {
            throw dialogue.refusal("its answer is not LDAP");
        }
    }

    private static int length(Dialogue dialogue) throws IOException {
        int length = dialogue.readByte();
        if (length >= 0x80) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes && length <= MAX_RESPONSE; i++) {
                length = length << 8 | dialogue.readByte();
            }
        }
        if (length > MAX_RESPONSE) {
            throw dialogue.refusal("its answer is too long");
        }
        return length;
    }

    /** The first ENUMERATED of one byte: the messageID and the headers before it contain no such sequence. */
    private static int resultCode(byte[] response) {
        for (int i = 0; i + 2 < response.length; i++) {
            if (response[i] == 0x0a && response[i + 1] == 1) {
                return response[i + 2];
            }
        }
        return -1;
    }
}
