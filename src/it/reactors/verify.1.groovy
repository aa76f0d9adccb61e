io.github.imagedelivery.ecr.it.Reactors.afterFirst(context, basedir)
