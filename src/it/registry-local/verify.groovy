io.github.imagedelivery.ecr.it.RegistryLocal.verify(basedir)
