io.github.imagedelivery.ecr.it.CheckBeforeTheBuild.afterTheRefusal(context, basedir)
