package io.omnitls.internal.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublicSuffixesTest {
    private static final List<String> LINES = lines();
    private static final Set<String> ICANN = section("[ICANN]", "[PRIVATE]");
    private static final Set<String> PRIVATE = section("[PRIVATE]", "");

    /** The kinds of publicsuffix.org's own test vectors: listed and unlisted top levels, wildcards, exceptions, IDN. */
    @Test
    void registriesHandOutNamesHere() {
        String domains = "com COM biz example local ac com.ac uk co.uk Co.Uk jp ac.jp kyoto.jp ide.kyoto.jp "
                + "c.kobe.jp ck test.ck mm c.mm us ak.us k12.ak.us xn--55qx5d.cn xn--fiqs8s";
        for (String domain : domains.split(" ", -1)) {
            assertTrue(PublicSuffixes.isPublicSuffix(domain), domain);
            assertTrue(PublicSuffixes.isRegistryControlled(domain), domain);
        }
    }

    @Test
    void ownersHoldThese() {
        String domains = "example.com b.example.com example.local example.co.uk b.ide.kyoto.jp b.c.kobe.jp "
                + "city.kobe.jp www.ck www.www.ck b.c.mm test.k12.ak.us xn--85x722f.xn--55qx5d.cn "
                + "shishi.xn--fiqs8s github.io s3.amazonaws.com com. .com a..com";
        for (String domain : domains.split(" ", -1)) {
            assertFalse(PublicSuffixes.isPublicSuffix(domain), domain);
            assertFalse(PublicSuffixes.isRegistryControlled(domain), domain);
        }
    }

    @Test
    void childrenOfADomainMayAllBelongToRegistries() {
        assertFalse(PublicSuffixes.isPublicSuffix("kobe.jp"));
        assertTrue(PublicSuffixes.isRegistryControlled("kobe.jp"));
    }

    @Test
    void ownersThatHandOutNamesAreApart() {
        assertTrue(PublicSuffixes.isPrivateSuffix("github.io"));
        assertTrue(PublicSuffixes.isPrivateSuffix("s3.amazonaws.com"));
        assertFalse(PublicSuffixes.isPrivateSuffix("io"));
        assertFalse(PublicSuffixes.isPrivateSuffix("octocat.github.io"));
    }

    /** The algorithm of publicsuffix.org, rule by rule, for every rule's domain, its parents and its children. */
    @Test
    void theListsOwnAlgorithmAgrees() {
        Random random = new Random(26);
        for (String domain : domains(random)) {
            assertEquals(prevails(ICANN, domain, true), PublicSuffixes.isPublicSuffix(domain), domain);
            assertEquals(prevails(PRIVATE, domain, false), PublicSuffixes.isPrivateSuffix(domain), domain);
        }
    }

    @Test
    void theListSaysItsDateOriginAndLicence() {
        String head = String.join("\n", LINES.subList(0, LINES.indexOf("[ICANN]")));
        assertTrue(head.matches("(?s).*# VERSION: 20\\d\\d-\\d\\d-\\d\\d_.*"), head);
        assertTrue(head.contains("https://publicsuffix.org/list/"), head);
        assertTrue(head.contains("https://mozilla.org/MPL/2.0/"), head);
    }

    private static Set<String> domains(Random random) {
        List<String> rules = new ArrayList<>(ICANN);
        rules.addAll(PRIVATE);
        Set<String> domains = new LinkedHashSet<>();
        for (String rule : rules) {
            String domain = rule.startsWith("!") ? rule.substring(1) : rule.replace("*.", "");
            domains.add(random.nextBoolean() ? domain : domain.toUpperCase(Locale.ROOT));
            domains.add((random.nextBoolean() ? "x" : "a.b") + random.nextInt(10) + "." + domain);
            domains.add(domain.substring(domain.indexOf('.') + 1));
        }
        return domains;
    }

    /** Whether the longest rule that the domain ends with, an exception before all others, is all of the domain. */
    private static boolean prevails(Set<String> rules, String domain, boolean unlistedTopLevelsCount) {
        List<String> labels = List.of(domain.toLowerCase(Locale.ROOT).split("\\.", -1));
        int longest = unlistedTopLevelsCount ? 1 : 0;
        for (int length = 1; length <= labels.size(); length++) {
            List<String> end = labels.subList(labels.size() - length, labels.size());
            if (rules.contains("!" + String.join(".", end))) {
                return labels.size() == length - 1;
            }
            String wildcard = "*." + String.join(".", end.subList(1, end.size()));
            if (rules.contains(String.join(".", end)) || rules.contains(wildcard)) {
                longest = length;
            }
        }
        return labels.size() == longest;
    }

    private static Set<String> section(String from, String to) {
        int end = to.isEmpty() ? LINES.size() : LINES.indexOf(to);
        return new LinkedHashSet<>(LINES.subList(LINES.indexOf(from) + 1, end));
    }

    private static List<String> lines() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                PublicSuffixes.class.getResourceAsStream("public-suffixes.txt"), StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            return lines;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
