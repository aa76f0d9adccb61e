io.github.imagedelivery.ecr.it.Reactors.afterFailures(context, basedir)
