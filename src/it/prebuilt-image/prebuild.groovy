io.github.imagedelivery.ecr.it.PrebuiltImage.prepare(context, basedir)
