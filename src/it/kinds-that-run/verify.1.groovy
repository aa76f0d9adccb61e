io.github.imagedelivery.ecr.it.KindsThatRun.afterFirst(context, basedir)
