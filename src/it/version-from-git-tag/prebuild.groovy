io.github.imagedelivery.ecr.it.VersionFromGitTag.prepare(context, basedir)
