io.github.imagedelivery.ecr.it.KilledBuild.verify(basedir, localRepositoryPath, buildDirectory, killRandom)
