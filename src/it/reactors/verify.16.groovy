io.github.imagedelivery.ecr.it.Reactors.afterResume(context, basedir)
