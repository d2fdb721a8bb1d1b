package io.omnitls.error;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Makes exceptions that everybody may throw at any time: they keep no suppressed ones, which would be kept for ever.
 *
 * <p>{@code Throwable} has a constructor for that, which {@code IOException} does not pass on to {@code SSLException}. But it
 * says in the description of its serialized form that suppression is disabled where the list is null, so that is how these
 * are made.
 */
final class Signals {
    /** More than try-with-resources and streams are ever nested in one operation. */
    private static final int COUNT = 16;

    private Signals() {}

    static <T extends TlsException> List<T> of(IntFunction<T> constructor) {
        List<T> signals = new ArrayList<>(COUNT);
        for (int number = 0; number < COUNT; number++) {
            signals.add(withoutSuppression(constructor.apply(number)));
        }
        return List.copyOf(signals);
    }

    private static <T extends TlsException> T withoutSuppression(T model) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (Nullifying out = new Nullifying(bytes)) {
                out.writeObject(model);
            }
            ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            @SuppressWarnings("unchecked") // what was written is read
            T signal = (T) in.readObject();
            return signal;
        } catch (IOException | ClassNotFoundException | SecurityException forbidden) {
            // A filter for deserialization is in force; suppressed exceptions then stay where they are added.
            return model;
        }
    }

    /** Writes null for each list: the one of suppressed exceptions is the only one that an exception has. */
    private static final class Nullifying extends ObjectOutputStream {
        Nullifying(ByteArrayOutputStream bytes) throws IOException {
            super(bytes);
            enableReplaceObject(true);
        }

        @Override
        @SuppressWarnings("NullAway") // an ObjectOutputStream writes null as it is
        protected Object replaceObject(Object written) {
            return written instanceof List ? null : written;
        }
    }
}
