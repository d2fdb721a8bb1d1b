package io.omnitls.cli;

/**
 * Where to connect to.
 *
 * @param host a name or an address, an IPv6 one without brackets
 */
record Target(String host, int port) {

    /**
     * Reads {@code host:port} or {@code [v6]:port}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Target of(String text) {
        if (text.indexOf('/') >= 0) {
            throw new IllegalArgumentException("'" + text + "' is a URL or a path, expected HOST:PORT");
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]")) {
            throw new IllegalArgumentException("'" + text + "' has no port, expected HOST:PORT");
        }
        String host = text.substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        if (!brackets && host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "write an IPv6 address in brackets: [" + host + "]:" + text.substring(colon + 1));
        }
        String name = brackets ? host.substring(1, host.length() - 1) : host;
        if (name.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' has no host, expected HOST:PORT");
        }
        if (brackets && name.indexOf(':') < 0) {
            throw new IllegalArgumentException("'" + host + "' is no IPv6 address: names stand without brackets");
        }
        return new Target(name, port(text.substring(colon + 1), 1));
    }

    /** Whether {@code text} ends like an address with a port, and not like the name of a file. */
    static boolean looksLikeOne(String text) {
        return text.matches("[^/]+:[0-9]+");
    }

    /** A port of this machine, or 0 for any free one. */
    static int portToListenOn(String text) {
        return port(text, 0);
    }

    private static int port(String text, int lowest) {
        if (text.matches("[0-9]{1,9}")) { // no sign, and no other digits than these
            int port = Integer.parseInt(text);
            if (port >= lowest && port <= 65_535) {
                return port;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a port, expected a number from " + lowest + " to 65535");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
