io.github.imagedelivery.ecr.it.Outputs.afterThePush(context, basedir)
