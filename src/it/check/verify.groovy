io.github.imagedelivery.ecr.it.CheckBeforeTheBuild.verify(context, basedir)
