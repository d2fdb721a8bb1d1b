package io.omnitls.integration.mail;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** Jakarta Mail that puts a message into a mailbox by IMAPS, and reads it there. */
final class MailReader implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        Properties settings = new Properties();
        settings.put("mail.imaps.ssl.socketFactory", context.sslSocketFactory());
        settings.put("mail.imaps.socketFactory.fallback", "false"); // else what fails is tried again with the JDK's own
        settings.put("mail.imaps.ssl.checkserveridentity", "true");
        settings.put("mail.imaps.connectiontimeout", Integer.toString(Deadline.MILLIS));
        settings.put("mail.imaps.timeout", Integer.toString(Deadline.MILLIS));
        Session session = Session.getInstance(settings);
        try (Store store = session.getStore("imaps")) {
            store.connect("localhost", port, MailTest.USER, MailTest.PASSWORD);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_WRITE);
                MimeMessage message = new MimeMessage(session);
                message.setText(Cargo.TEXT);
                inbox.appendMessages(new Message[] {message});
                String text = (String) inbox.getMessage(inbox.getMessageCount()).getContent();
                Cargo.requireWhole(text.strip());
                return "a message";
            }
        }
    }
}
