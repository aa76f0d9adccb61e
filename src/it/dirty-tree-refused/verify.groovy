io.github.imagedelivery.ecr.it.DirtyTreeRefused.verify(context, basedir)
