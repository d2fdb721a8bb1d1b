package io.omnitls.integration.mail;

import io.omnitls.ClientContext;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.util.Properties;

/** Jakarta Mail that looks for messages by IMAPS. */
final class MailReader implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        Properties settings = new Properties();
        settings.put("mail.imaps.ssl.socketFactory", context.sslSocketFactory());
        settings.put("mail.imaps.socketFactory.fallback", "false"); // else what fails is tried again with the JDK's own
        settings.put("mail.imaps.ssl.checkserveridentity", "true");
        settings.put("mail.imaps.connectiontimeout", Integer.toString(Deadline.MILLIS));
        settings.put("mail.imaps.timeout", Integer.toString(Deadline.MILLIS));
        try (Store store = Session.getInstance(settings).getStore("imaps")) {
            store.connect("localhost", port, MailTest.USER, MailTest.PASSWORD);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                return inbox.getMessageCount() + " messages";
            }
        }
    }
}
