package io.omnitls.integration.files;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.omnitls.ClientContext;
import io.omnitls.integration.Cargo;
import io.omnitls.integration.ClientUse;
import io.omnitls.integration.Deadline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPSClient;

/** The client of commons-net, with TLS on both of its connections. */
enum FtpsClient implements ClientUse {
    /**
     * As commons-net has it: each connection has a session of its own. It stores nothing, since the server would not get all: the
     * client closes when all is written, and where tickets of TLS 1.3 have come by then that nobody has read, the system cuts the
     * connection. The JDK's client does the same.
     */
    PLAIN {
        @Override
        FTPSClient of(ClientContext context) {
            return new FTPSClient(true, context.sslContext());
        }

        @Override
        void transfer(FTPSClient client) throws IOException {
            retrieve(client, FtpsServer.FILE);
        }
    },

    /** Data connections resume the control connection's session. */
    RESUMING {
        @Override
        FTPSClient of(ClientContext context) throws IOException {
            return ResumingFtps.of(context);
        }

        @Override
        void transfer(FTPSClient client) throws IOException {
            String name = "stored.txt";
            require(client.storeFile(name, new ByteArrayInputStream(Cargo.TEXT.getBytes(US_ASCII))), client);
            retrieve(client, name);
        }
    };

    abstract FTPSClient of(ClientContext context) throws IOException;

    abstract void transfer(FTPSClient client) throws IOException;

    @Override
    public String exchange(ClientContext context, int port) throws Exception {
        FTPSClient client = of(context);
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
            require(client.setFileType(FTPClient.BINARY_FILE_TYPE), client);
            transfer(client);
            return "a file";
        } finally {
            client.disconnect();
        }
    }

    private static void retrieve(FTPSClient client, String name) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        require(client.retrieveFile(name, file), client);
        Cargo.requireWhole(file.toString(US_ASCII));
    }

    private static void require(boolean done, FTPSClient client) throws IOException {
        if (!done) {
            throw new IOException(client.getReplyString());
        }
    }
}
