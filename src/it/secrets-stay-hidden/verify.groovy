io.github.imagedelivery.ecr.it.SecretsStayHidden.verify(basedir, localRepositoryPath)
