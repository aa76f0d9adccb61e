io.github.imagedelivery.ecr.it.Skip.verify(context, basedir)
