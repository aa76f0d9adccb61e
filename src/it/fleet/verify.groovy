io.github.imagedelivery.ecr.it.Fleet.verify(context, basedir)
