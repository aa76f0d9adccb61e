io.github.imagedelivery.ecr.it.OneClassChanged.afterFirst(context, basedir)
