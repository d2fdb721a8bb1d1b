package io.omnitls.forge.random;

import io.omnitls.forge.Anchor;
import io.omnitls.forge.Der;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.StringType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trusts a certificate, now and then only for some purposes, or for all but some. */
final class RandomTrust {
    private static final List<String> PURPOSES = List.of(
            Extensions.SERVER_AUTH,
            Extensions.CLIENT_AUTH,
            Extensions.ANY_PURPOSE,
            Extensions.EMAIL_PROTECTION,
            Extensions.NETSCAPE_SGC);

    private final Chance chance;

    RandomTrust(Chance chance) {
        this.chance = chance;
    }

    Anchor anchor(byte[] der) {
        return new Anchor(der, chance.odd(6) ? Optional.of(auxiliary()) : Optional.empty());
    }

    private byte[] auxiliary() {
        return Anchor.auxiliary(purposes(), purposes(), others());
    }

    private Optional<List<String>> purposes() {
        if (chance.coin()) {
            return Optional.empty();
        }
        List<String> purposes = new ArrayList<>();
        int count = chance.below(3);
        for (int i = 0; i < count; i++) {
            purposes.add(chance.of(PURPOSES));
        }
        return Optional.of(purposes);
    }

    private byte[] others() {
        return switch (chance.below(6)) {
            case 0 -> StringType.UTF8.encode("an alias");
            case 1 -> Der.octets(new byte[] {1, 2});
            case 2 -> Der.concat(StringType.UTF8.encode("both"), Der.octets(new byte[] {1, 2}));
            default -> new byte[0];
        };
    }
}
