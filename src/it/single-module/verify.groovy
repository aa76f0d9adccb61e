io.github.imagedelivery.ecr.it.SingleModule.verify(context, basedir)
