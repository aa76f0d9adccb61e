io.github.imagedelivery.ecr.it.Setup.verify(context, basedir)
