package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** Registries of a build that must not use the network: those on this machine are asked, and no other. */
record OfflineRegistries(Registries onThisMachine) implements Registries {
    @Override
    public Repository open(URI endpoint, RepositoryName name, Authorization authorization, Exchange.Listener listener)
            throws RegistryException {
        // Plain http goes to loopback addresses alone.
        return "http".equalsIgnoreCase(endpoint.getScheme())
                ? onThisMachine.open(endpoint, name, authorization, listener)
                : new OutOfReach(endpoint.getRawAuthority() + "/" + name);
    }

    private record OutOfReach(String place) implements Repository {
        @Override
        public Manifest manifest(String reference) throws RegistryException {
            throw offline("manifest " + reference);
        }

        @Override
        public InputStream open(Descriptor blob) throws RegistryException {
            throw offline("blob " + blob.digest());
        }

        @Override
        public boolean has(Digest blob) throws RegistryException {
            throw offline("blob " + blob);
        }

        @Override
        public Arrival push(Blob blob, Optional<RepositoryName> mountFrom) throws RegistryException {
            throw offline("blob " + blob.descriptor().digest());
        }

        private RegistryException offline(String wanted) {
            return new RegistryException(
                    "Maven is offline (-o or <offline>), and the " + wanted + " of " + place
                            + " is not on this machine",
                    RegistryException.NO_ANSWER,
                    RegistryException.OFFLINE);
        }
    }
}
