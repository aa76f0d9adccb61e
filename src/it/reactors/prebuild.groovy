io.github.imagedelivery.ecr.it.Reactors.prepare(context, basedir)
