package io.github.imagedelivery.ecr.ci;

/**
 * A token that the CI system has put into a variable before the job began.
 *
 * @param name who gives it, and the variable
 * @param value the token, a secret
 */
record IdentityVariable(String name, String value) implements IdentitySource {
    @Override
    public boolean isRenewable() {
        return false;
    }

    @Override
    public IdentityToken fetch() throws IdentityException {
        try {
            return IdentityToken.of(value);
        } catch (IdentityException e) {
            throw new IdentityException(name + ": " + e.getMessage(), e.remedy());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
