io.github.imagedelivery.ecr.it.KilledBuild.verify(basedir, localRepositoryPath, buildDirectory, new io.github.imagedelivery.ecr.it.KilledBuild.Loop(killEvery.toBoolean(), killRandom.toInteger()))
