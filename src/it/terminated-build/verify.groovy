io.github.imagedelivery.ecr.it.TerminatedBuild.verify(basedir, localRepositoryPath, buildDirectory)
