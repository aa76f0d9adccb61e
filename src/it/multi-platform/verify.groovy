io.github.imagedelivery.ecr.it.MultiPlatform.verify(context, basedir)
