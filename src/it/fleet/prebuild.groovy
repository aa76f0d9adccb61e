io.github.imagedelivery.ecr.it.Fleet.prepare(context, basedir)
