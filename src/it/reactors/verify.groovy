io.github.imagedelivery.ecr.it.Reactors.verify(context, basedir)
