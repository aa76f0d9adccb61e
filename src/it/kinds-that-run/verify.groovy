io.github.imagedelivery.ecr.it.KindsThatRun.verify(context, basedir)
