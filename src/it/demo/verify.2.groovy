io.github.imagedelivery.ecr.it.Demo.afterSecond(context, basedir)
