io.github.imagedelivery.ecr.it.Outputs.afterTheBuild(context, basedir)
