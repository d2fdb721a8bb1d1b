package io.omnitls.integration.files;

import io.omnitls.ClientContext;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.net.ftp.FTPSClient;

/** The client of commons-net, with TLS on both of its connections. */
final class FtpsClient implements ClientUse {
    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        FTPSClient client = new FTPSClient(context.sslContext());
        client.setEndpointCheckingEnabled(true);
        client.setConnectTimeout(Deadline.MILLIS);
        client.setDefaultTimeout(Deadline.MILLIS);
        client.setDataTimeout(Deadline.DURATION);
        client.connect("localhost", port);
        try {
            require(client.login(FtpsServer.USER, FtpsServer.PASSWORD), client);
            client.execPBSZ(0);
            client.execPROT("P");
            client.enterLocalPassiveMode();
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            require(client.retrieveFile(FtpsServer.FILE, file), client);
            return file.toString(StandardCharsets.UTF_8);
        } finally {
            client.disconnect();
        }
    }

    private static void require(boolean done, FTPSClient client) throws IOException {
        if (!done) {
            throw new IOException(client.getReplyString());
        }
    }
}
