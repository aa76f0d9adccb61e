io.github.imagedelivery.ecr.it.OneClassChanged.verify(context, basedir)
