package io.github.imagedelivery.ecr.registry;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** From how far away an address can be reached; what a registry may send us to depends on it (request forgery). */
enum Reach {
    /** Anyone's. */
    PUBLIC,
    /** A private network (RFC 1918, RFC 4193, RFC 6598), such as an AWS VPC with an endpoint for ECR in it. */
    PRIVATE,
    /** The link, and with it the metadata and credential services of a cloud machine. */
    LINK_LOCAL,
    /** This machine. */
    LOOPBACK;

    /** Finds the addresses of a host; the platform's resolver outside of tests. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** Tells whether a registry of this reach may send a client to an address of the other. */
    boolean maySendTo(Reach other) {
        return this == LOOPBACK || other == PUBLIC || (this == PRIVATE && other == PRIVATE);
    }

    /**
     * Returns the nearest reach among the addresses of the host. One that is not known here counts as public: behind a
     * proxy, names are resolved by the proxy alone.
     *
     * @param host as {@link java.net.URI#getHost()} gives it
     */
    static Reach of(String host, Resolver resolver) {
        try {
            return Arrays.stream(resolver.resolve(host))
                    .map(Reach::of)
                    .max(Reach::compareTo)
                    .orElse(PUBLIC);
        } catch (UnknownHostException e) {
            return PUBLIC;
        }
    }

    /** Returns the reach of the address. */
    static Reach of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isLoopbackAddress() || (bytes.length == 4 && bytes[0] == 0) || address.isAnyLocalAddress()) {
            return LOOPBACK;
        }
        if (address instanceof Inet6Address && carriesIpv4(bytes)) {
            return ofIpv4(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (address.isLinkLocalAddress() || address.isMulticastAddress() || isMetadataService(bytes)) {
            return LINK_LOCAL;
        }
        return address.isSiteLocalAddress() || isShared(bytes) || isUniqueLocal(bytes) ? PRIVATE : PUBLIC;
    }

    private static Reach ofIpv4(byte[] bytes) {
        try {
            return of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** IPv4-compatible addresses and the well-known NAT64 prefix (RFC 6052). */
    private static boolean carriesIpv4(byte[] bytes) {
        byte[] prefix = Arrays.copyOf(bytes, 12);
        byte[] nat64 = Arrays.copyOf(new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b}, 12);
        return Arrays.equals(prefix, new byte[12]) || Arrays.equals(prefix, nat64);
    }

    /** EC2's metadata and EKS's credential service over IPv6, {@code fd00:ec2::/32}. */
    private static boolean isMetadataService(byte[] bytes) {
        return bytes.length == 16
                && Arrays.equals(Arrays.copyOf(bytes, 4), new byte[] {(byte) 0xfd, 0, 0x0e, (byte) 0xc2});
    }

    private static boolean isShared(byte[] bytes) {
        return bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    }

    private static boolean isUniqueLocal(byte[] bytes) {
        return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    }
}
