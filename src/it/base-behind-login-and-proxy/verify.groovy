io.github.imagedelivery.ecr.it.BaseBehindLoginAndProxy.verify(basedir, localRepositoryPath)
