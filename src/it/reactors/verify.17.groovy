io.github.imagedelivery.ecr.it.Reactors.afterTheRest(context, basedir)
