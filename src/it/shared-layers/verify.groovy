io.github.imagedelivery.ecr.it.SharedLayers.verify(context, basedir)
