package io.omnitls.testkit;

import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;

/** A value of a session, which remembers what it is told. */
final class BoundValue implements SSLSessionBindingListener {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void valueBound(SSLSessionBindingEvent event) {
        heard.add("bound " + event.getName());
    }

    @Override
    public void valueUnbound(SSLSessionBindingEvent event) {
        heard.add("unbound " + event.getName());
    }

    List<String> heard() {
        return heard;
    }
}
