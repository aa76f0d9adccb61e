io.github.imagedelivery.ecr.it.Demo.afterFirst(context, basedir)
