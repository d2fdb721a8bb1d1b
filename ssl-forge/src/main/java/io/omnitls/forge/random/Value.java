package io.omnitls.forge.random;

import io.omnitls.forge.Forge;

/** An extension before it is written. */
@SuppressWarnings("ArrayRecordComponent") // a record of what to write: nobody compares it
record Value(String oid, boolean critical, byte[] value) {
    void addTo(Forge forge) {
        forge.extension(oid, critical, value);
    }

    Value with(byte[] other) {
        return new Value(oid, critical, other);
    }
}
