package io.github.imagedelivery.ecr.mojo;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.building.SettingsProblem.Severity;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/** Decrypts by taking the braces off; what is said to be damaged it repeats, as Maven's does. */
final class TestDecrypter implements SettingsDecrypter {
    private record Result(List<Server> servers, List<Proxy> proxies, List<SettingsProblem> problems)
            implements SettingsDecryptionResult {
        @Override
        public Server getServer() {
            return servers.get(0);
        }

        @Override
        public List<Server> getServers() {
            return servers;
        }

        @Override
        public Proxy getProxy() {
            return proxies.get(0);
        }

        @Override
        public List<Proxy> getProxies() {
            return proxies;
        }

        @Override
        public List<SettingsProblem> getProblems() {
            return problems;
        }
    }

    @Override
    public SettingsDecryptionResult decrypt(SettingsDecryptionRequest request) {
        List<SettingsProblem> problems = new ArrayList<>();
        List<Server> servers = request.getServers().stream().map(Server::clone).toList();
        servers.forEach(server -> server.setPassword(decrypted(server.getPassword(), problems)));
        List<Proxy> proxies = request.getProxies().stream().map(Proxy::clone).toList();
        proxies.forEach(proxy -> proxy.setPassword(decrypted(proxy.getPassword(), problems)));
        return new Result(servers, proxies, problems);
    }

    private static @Nullable String decrypted(@Nullable String password, List<SettingsProblem> problems) {
        if (password != null && password.startsWith("{damaged")) {
            problems.add(new DefaultSettingsProblem("cannot decrypt " + password, Severity.ERROR, "", -1, -1, null));
        }
        return password == null ? null : password.replaceAll("[{}]", "");
    }
}
