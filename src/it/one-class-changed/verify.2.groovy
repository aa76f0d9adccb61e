io.github.imagedelivery.ecr.it.OneClassChanged.afterSecond(context, basedir)
