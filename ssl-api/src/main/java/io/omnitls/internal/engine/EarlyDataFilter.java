package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.internal.wire.Refusal;
import io.omnitls.internal.wire.ServerHello;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Role;

/**
 * Skips the 0-RTT data that a client sends although no server of ours takes any (RFC 8446 section 4.2.10): it has a ticket of
 * somebody else, or has not heard yet. Nobody here can decrypt a record to see which keys it has, so it is told by what is
 * known for certain: what came before this end's answer is early, and after a HelloRetryRequest all is, up to the second
 * ClientHello. What comes after the answer is the client's Finished where no certificate was asked for, and that has one
 * length; anything else is early. Where one was asked for, the engine sees what comes.
 */
final class EarlyDataFilter {
    /** OpenSSL's SSL3_RT_MAX_PLAIN_LENGTH, what its {@code recv_max_early_data} is at first. */
    private static final int MAX_EARLY_DATA = RecordHeader.MAX_PLAINTEXT;

    /** The type and the tag that each record has beside its data. */
    private static final int OVERHEAD = 17;

    private final Role role;
    private final FlightRules rules;
    private final boolean asksForCertificate;
    private boolean answered;
    private int before; // bytes of the queue that were there when this end answered
    private int skipped;

    EarlyDataFilter(Role role, FlightRules rules, boolean asksForCertificate) {
        this.role = role;
        this.rules = rules;
        this.asksForCertificate = asksForCertificate;
    }

    /** The ServerHello has gone out while {@code waiting} bytes were in the queue; only the first time counts. */
    void answered(int waiting) {
        if (!answered) {
            answered = true;
            before = waiting;
        }
    }

    /**
     * Whether the next record of the queue, which has application data, is to be skipped.
     *
     * @throws TlsException TOO_MUCH_SKIPPED_EARLY_DATA
     */
    boolean skips(RecordHeader record) throws TlsException {
        if (role != Role.SERVER || !rules.mayBeTls13() || !rules.earlyDataOffered() || !early(record)) {
            before = 0; // what follows the client's first word with its new keys is none
            return false;
        }
        skipped += Math.max(1, record.length() - OVERHEAD);
        if (skipped > MAX_EARLY_DATA) {
            throw Refusal.of(
                    ErrorReason.TOO_MUCH_SKIPPED_EARLY_DATA,
                    AlertDescription.UNEXPECTED_MESSAGE,
                    "the client sent more than " + MAX_EARLY_DATA + " bytes of early data, which was not asked for");
        }
        return true;
    }

    /** The next record of the queue, whatever it is, is not for the engine. */
    void passed(RecordHeader record) {
        before = Math.max(0, before - record.recordSize());
    }

    private boolean early(RecordHeader record) {
        return !rules.answered() || before > 0 || !asksForCertificate && record.length() != finished();
    }

    /** RFC 8446 section 4.4.4: a header, as many bytes as the hash has, and the record's overhead. */
    private int finished() {
        boolean sha384 = rules.serverHello()
                .map(ServerHello::cipherSuite)
                .filter(suite -> suite == AES_256_GCM_SHA384)
                .isPresent();
        return 4 + (sha384 ? 48 : 32) + OVERHEAD;
    }

    private static final int AES_256_GCM_SHA384 = 0x1302;
}
