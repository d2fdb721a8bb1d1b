package io.omnitls.forge.random;

/** What a tree has in it that a verifier may see differently than the judge does. */
public enum Mark {
    /** A revocation list whose issuingDistributionPoint was spoiled. */
    SPOILED_ISSUING_DISTRIBUTION_POINT,
    /** A delta CRL. */
    DELTA_CRL
}
