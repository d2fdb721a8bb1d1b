package io.omnitls;

/** What contexts have in common that were built of the same settings, one in the place of the other. */
final class Lineage {}
