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
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || text.endsWith("]")) {
            throw new IllegalArgumentException("'" + text + "' has no port, expected HOST:PORT");
        }
        String host = text.substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        if (!brackets && host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "write an IPv6 address in brackets: [" + host + "]:" + text.substring(colon + 1));
        }
        return new Target(brackets ? host.substring(1, host.length() - 1) : host, port(text.substring(colon + 1)));
    }

    /** Whether {@code text} ends like an address with a port, and not like the name of a file. */
    static boolean looksLikeOne(String text) {
        return text.matches("[^/]+:[0-9]+");
    }

    static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + text + "' is not a port, expected a number from 0 to 65535");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
