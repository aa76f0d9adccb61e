io.github.imagedelivery.ecr.it.PrebuiltImage.afterFirst(context, basedir)
