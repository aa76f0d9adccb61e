io.github.imagedelivery.ecr.it.PrebuiltImage.verify(context, basedir)
