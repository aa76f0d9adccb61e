io.github.imagedelivery.ecr.it.RegistryLocal.prepare(basedir)
