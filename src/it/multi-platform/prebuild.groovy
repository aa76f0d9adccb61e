io.github.imagedelivery.ecr.it.MultiPlatform.prepare(context, basedir)
