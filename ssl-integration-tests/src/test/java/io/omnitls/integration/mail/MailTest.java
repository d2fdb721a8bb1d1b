package io.omnitls.integration.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ConsumerTest;
import io.omnitls.integration.Scene;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Jakarta Mail with GreenMail, and with a server of ours for STARTTLS, which GreenMail does not have. */
class MailTest extends ConsumerTest {
    static final String USER = "reader@localhost";
    static final String PASSWORD = "secret";

    private final GreenMail mail = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
    });

    @Override
    protected List<Scene> scenes() {
        return List.of(
                new Scene("Jakarta Mail, SMTPS", new Tunnel(mail.getSmtp().getPort()), MailSender.SMTPS, "250 OK"),
                new Scene("Jakarta Mail, STARTTLS", new StartTlsServer(), MailSender.STARTTLS, "250 <client>"),
                new Scene("Jakarta Mail, IMAPS", new Tunnel(mail.getImap().getPort()), new MailReader(), "a message"));
    }

    @BeforeAll
    void startMail() {
        mail.start();
        mail.setUser(USER, PASSWORD);
    }

    @AfterAll
    void stopMail() throws Exception {
        for (MimeMessage message : mail.getReceivedMessages()) {
            Cargo.requireWhole(((String) message.getContent()).strip());
        }
        mail.stop();
    }
}
