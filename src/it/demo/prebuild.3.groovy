io.github.imagedelivery.ecr.it.Demo.beforeThird(context, basedir)
