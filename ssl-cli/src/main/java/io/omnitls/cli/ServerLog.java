package io.omnitls.cli;

import io.omnitls.ConnectionInfo;
import io.omnitls.TlsSocket;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a server says of itself and its clients: a line for each event, or a line of JSON. Thread-safe. */
final class ServerLog {
    private final PrintWriter out;
    private final boolean json;

    ServerLog(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void listening(int port, String provider) {
        if (json) {
            Map<String, Object> facts = event("listening");
            facts.put("port", port);
            facts.put("provider", provider);
            print(Json.line(facts));
        } else {
            print("listening on port " + port + " with " + provider);
        }
    }

    void connected(String peer, TlsSocket socket) {
        ConnectionInfo info = socket.info();
        List<X509Certificate> chain = socket.unverifiedChain();
        String client =
                chain.isEmpty() ? "" : chain.get(0).getSubjectX500Principal().toString();
        if (json) {
            Map<String, Object> facts = event("connected");
            facts.put("peer", peer);
            facts.putAll(ConnectionReport.json(info));
            if (!client.isEmpty()) {
                facts.put("client", client);
            }
            print(Json.line(facts));
        } else {
            print(peer + "  " + info + (client.isEmpty() ? "" : ", client " + client));
        }
    }

    /** A connection went wrong. */
    void trouble(String peer, String what) {
        if (json) {
            Map<String, Object> facts = event("trouble");
            facts.put("peer", peer);
            facts.put("message", what);
            print(Json.line(facts));
        } else {
            print(peer + "  " + what);
        }
    }

    /** Something about the server itself. */
    void note(String what) {
        if (json) {
            Map<String, Object> facts = event("note");
            facts.put("message", what);
            print(Json.line(facts));
        } else {
            print(what);
        }
    }

    /** The server's certificate, and what it is good for. */
    void certificate(String what, String pem) {
        if (json) {
            Map<String, Object> facts = event("certificate");
            facts.put("message", what);
            facts.put("pem", pem);
            print(Json.line(facts));
        } else {
            print(what);
            pem.lines().forEach(this::print);
        }
    }

    private static Map<String, Object> event(String name) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("event", name);
        facts.put("time", Instant.now().toString());
        return facts;
    }

    private synchronized void print(String line) {
        out.println(Printable.of(line));
        out.flush();
    }
}
