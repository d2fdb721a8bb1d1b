package io.omnitls;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What a server's builder was told about sessions; empty where the backend decides, as it always does on clients. */
record SessionWishes(OptionalInt tickets, OptionalInt cacheSize, Optional<Duration> timeout) {
    static final SessionWishes NONE = new SessionWishes(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
}
