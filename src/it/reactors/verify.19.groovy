io.github.imagedelivery.ecr.it.Reactors.afterRepeat(context, basedir)
