io.github.imagedelivery.ecr.it.DirtyTreeRefused.prepare(context, basedir)
