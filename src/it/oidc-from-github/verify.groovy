io.github.imagedelivery.ecr.it.OidcFromGitHub.verify(basedir, localRepositoryPath)
