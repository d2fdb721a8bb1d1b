package io.omnitls.internal.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The public suffix list: domains below which strangers register names of their own. It is the content of {@code
 * public-suffixes.txt}, which {@code src/main/scripts/public-suffixes.py} writes and which says how old it is.
 *
 * <p>A certificate for {@code *.co.uk} speaks for a whole country's companies. The Baseline Requirements (3.2.2.6) forbid
 * it, and let "registry-controlled" mean the ICANN section of the list: the owner of {@code github.io}, which is in the
 * PRIVATE section, does hold a certificate for {@code *.github.io}, and rightly.
 *
 * <p>A domain is asked for in A-labels and without a dot at its end; case does not matter.
 */
final class PublicSuffixes {
    private PublicSuffixes() {}

    /** Whether a registry hands out names directly below this domain: below {@code uk} and {@code co.uk}, say. */
    static boolean isPublicSuffix(String domain) {
        // Of a top level that is not listed the list's algorithm says the same as of those that are: its rule is "*".
        return domain.indexOf('.') < 0 || matches(Loaded.ICANN, lower(domain));
    }

    /** Whether the owner of a domain hands out names directly below this one: below {@code github.io}, say. */
    static boolean isPrivateSuffix(String domain) {
        return matches(Loaded.PRIVATE, lower(domain));
    }

    /**
     * Whether a wildcard in front of this domain would cover names of strangers. Beside the public suffixes those are
     * the domains whose children are suffixes all: below {@code kobe.jp} nobody registers, since {@code chuo.kobe.jp} is
     * a registry already.
     */
    static boolean isRegistryControlled(String domain) {
        return isPublicSuffix(domain) || listed(Loaded.ICANN, "*." + lower(domain));
    }

    private static boolean matches(String rules, String domain) {
        if (listed(rules, domain)) {
            return true;
        }
        String parent = domain.substring(domain.indexOf('.') + 1);
        return listed(rules, "*." + parent) && !listed(rules, "!" + domain);
    }

    /** Searches sorted lines, with a line break before the first and after the last, for one. */
    private static boolean listed(String lines, String wanted) {
        int low = 0;
        int high = lines.length() - 1;
        while (low < high) {
            int start = lines.lastIndexOf('\n', (low + high) >>> 1);
            int end = lines.indexOf('\n', start + 1);
            int order = lines.substring(start + 1, end).compareTo(wanted);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = end;
            } else {
                high = start;
            }
        }
        return false;
    }

    private static String lower(String domain) {
        return domain.toLowerCase(Locale.ROOT);
    }

    /** Read when the first wildcard is judged. One string a section takes no more memory than its text does. */
    private static final class Loaded {
        static final String ICANN;
        static final String PRIVATE;

        static {
            String list = read("public-suffixes.txt");
            String icannHeading = "\n[ICANN]";
            String privateHeading = "\n[PRIVATE]";
            int privateAt = list.indexOf(privateHeading);
            ICANN = list.substring(list.indexOf(icannHeading) + icannHeading.length(), privateAt + 1);
            PRIVATE = list.substring(privateAt + privateHeading.length());
        }

        private static String read(String resource) {
            try (InputStream in = PublicSuffixes.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new AssertionError("the jar lacks " + resource);
                }
                StringBuilder text = new StringBuilder();
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    text.append(line).append('\n');
                }
                return text.toString();
            } catch (IOException e) {
                throw new AssertionError("cannot read " + resource, e);
            }
        }
    }
}
