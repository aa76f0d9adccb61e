io.github.imagedelivery.ecr.it.Demo.verify(context, basedir)
