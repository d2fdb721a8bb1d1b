package io.omnitls.integration.mail;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Jakarta Mail that sends a message. */
enum MailSender implements ClientUse {
    /** TLS from the first byte on. */
    SMTPS("smtps"),
    /** TLS after a word in the clear. */
    STARTTLS("smtp");

    private final String protocol;

    MailSender(String protocol) {
        this.protocol = protocol;
    }

    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        String prefix = "mail." + protocol + ".";
        Properties settings = new Properties();
        settings.put(prefix + "ssl.socketFactory", context.sslSocketFactory());
        settings.put(prefix + "ssl.checkserveridentity", "true");
        settings.put(prefix + "socketFactory.fallback", "false"); // else what fails is tried again with the JDK's own
        settings.put(prefix + "starttls.enable", Boolean.toString(this == STARTTLS));
        settings.put(prefix + "starttls.required", Boolean.toString(this == STARTTLS));
        settings.put(prefix + "connectiontimeout", Integer.toString(Deadline.MILLIS));
        settings.put(prefix + "timeout", Integer.toString(Deadline.MILLIS));
        Session session = Session.getInstance(settings);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("from@localhost"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("to@localhost"));
        message.setText(Cargo.TEXT);
        try (SMTPTransport transport = (SMTPTransport) session.getTransport(protocol)) {
            transport.connect("localhost", port, null, null);
            transport.sendMessage(message, message.getAllRecipients());
            return transport.getLastServerResponse().trim();
        }
    }
}
