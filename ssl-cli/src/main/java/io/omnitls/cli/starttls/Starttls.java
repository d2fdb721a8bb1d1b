package io.omnitls.cli.starttls;

import java.io.IOException;
import java.net.Socket;

/** The protocols that begin in the clear and can be asked to go on with TLS. */
public enum Starttls {
    /** RFC 3207. */
    smtp {
        @Override
        void talk(Dialogue dialogue, String host) throws IOException {
            dialogue.expectReply("220");
            dialogue.send("EHLO omnitls.invalid");
            dialogue.expectReply("250");
            dialogue.send("STARTTLS");
            dialogue.expectReply("220");
        }
    },
    /** RFC 3501 section 6.2.1. */
    imap {
        @Override
        void talk(Dialogue dialogue, String host) throws IOException {
            // "* PREAUTH" means that the session is authenticated already, in the clear: STARTTLS has no place in it
            // any more.
            dialogue.expectLine("* OK", "* OK");
            dialogue.send("a STARTTLS");
            dialogue.expectLine("a OK", "*");
        }
    },
    /** RFC 2595 section 4. */
    pop3 {
        @Override
        void talk(Dialogue dialogue, String host) throws IOException {
            dialogue.expectLine("+OK", "+OK");
            dialogue.send("STLS");
            dialogue.expectLine("+OK", "+OK");
        }
    },
    /** RFC 4217 section 4. */
    ftp {
        @Override
        void talk(Dialogue dialogue, String host) throws IOException {
            dialogue.expectReply("220");
            dialogue.send("AUTH TLS");
            dialogue.expectReply("234");
        }
    },
    /** PostgreSQL's SSLRequest: an int32 length and an int32 code, answered by one byte. */
    postgres {
        @Override
        void talk(Dialogue dialogue, String host) throws IOException {
            dialogue.send(new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 22, 47});
            int answer = dialogue.readByte();
            if (answer != 'S') {
                throw dialogue.refusal(answer == 'N' ? "it has no TLS" : "it answered " + answer + " to SSLRequest");
            }
        }
    },
    /** RFC 4511 section 4.14: the extended request 1.3.6.1.4.1.1466.20037. */
    ldap {
        @Override
        void talk(Dialogue dialogue, String host) throws IOException {
            LdapExchange.startTls(dialogue);
        }
    };

    abstract void talk(Dialogue dialogue, String host) throws IOException;

    /**
     * Has the dialogue, after which the next byte on {@code socket} belongs to TLS.
     *
     * @throws IOException when the server refuses, or answers something else
     */
    public void begin(Socket socket, String host) throws IOException {
        talk(new Dialogue(name(), socket.getInputStream(), socket.getOutputStream()), host);
    }
}
