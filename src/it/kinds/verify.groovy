io.github.imagedelivery.ecr.it.Kinds.verify(context, basedir)
