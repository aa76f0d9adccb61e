io.github.imagedelivery.ecr.it.BuildsAtOnce.verify(basedir, localRepositoryPath, buildDirectory, buildsAtOnce)
