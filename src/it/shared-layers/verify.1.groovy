io.github.imagedelivery.ecr.it.SharedLayers.afterAll(context, basedir)
