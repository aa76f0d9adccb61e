package io.github.imagedelivery.ecr.mojo;

import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** What Maven gives to every goal that asks AWS. */
abstract class SessionGoal extends AbstractMojo {
    /** Decrypts the passwords of servers and proxies. */
    @Inject
    SettingsDecrypter decrypter;

    @Parameter(defaultValue = "${session}", readonly = true)
    MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true)
    MojoExecution execution;
}
