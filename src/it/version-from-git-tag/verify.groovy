io.github.imagedelivery.ecr.it.VersionFromGitTag.verify(context, basedir)
