io.github.imagedelivery.ecr.it.Fleet.afterFirst(context, basedir)
