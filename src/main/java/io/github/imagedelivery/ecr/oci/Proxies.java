package io.github.imagedelivery.ecr.oci;

import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which proxy leads to an address: the same for all that a build asks, the API of AWS and registries alike. */
@FunctionalInterface
public interface Proxies {
    /** Those of the JVM ({@code https.proxyHost} and its like), without a login. */
    Proxies OF_THE_JVM = uri -> Way.through(ofTheJvm(uri));

    /**
     * The way to an address.
     *
     * @param proxy {@link Proxy#NO_PROXY} for the direct way
     * @param login user and password for the proxy, and for nobody else; it shows neither
     */
    record Way(Proxy proxy, Optional<PasswordAuthentication> login) {
        /** The direct way. */
        public static final Way DIRECT = through(Proxy.NO_PROXY);

        /** Returns the way through a proxy that wants no login. */
        public static Way through(Proxy proxy) {
            return new Way(proxy, Optional.empty());
        }

        /** Tells whether it leads through no proxy. */
        public boolean isDirect() {
            return proxy.type() == Proxy.Type.DIRECT;
        }
    }

    /** Returns the way to the address, an absolute URL. */
    Way to(URI uri);

    /** Opens a connection that is led this way, without asking anything yet. */
    default HttpURLConnection open(URI uri) throws IOException {
        Way way = to(uri);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(way.proxy());
        way.login().ifPresent(login -> connection.setAuthenticator(new ProxyLogin(login)));
        return connection;
    }

    private static Proxy ofTheJvm(URI uri) {
        ProxySelector selector = ProxySelector.getDefault();
        List<Proxy> proxies = selector == null ? List.of() : selector.select(uri);
        return proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0);
    }

    /** Answers the proxy of one connection, once, and no server: the JDK would give a wrong password twenty times. */
    final class ProxyLogin extends Authenticator {
        private final PasswordAuthentication login;
        private boolean given;

        private ProxyLogin(PasswordAuthentication login) {
            this.login = login;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            if (given || getRequestorType() != RequestorType.PROXY) {
                return null;
            }
            given = true;
            return login;
        }
    }
}
